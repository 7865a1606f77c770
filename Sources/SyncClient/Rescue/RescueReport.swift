/// What came of handing over sealed work.
public struct RescueReport: Hashable, Sendable {
  /// How many sealed items there were.
  public internal(set) var items: Int
  /// How many of the device's acts were unsent, as far as the folder tells.
  public internal(set) var unsent: Int
  /// How many of these were not sealed, so that nobody can hand them over: the program ended before it could.
  public internal(set) var unsealed: Int
  /// How many acts and changes the server accepted, now or before.
  public internal(set) var accepted = 0
  /// How many wait for a person's decision.
  public internal(set) var waiting = 0
  /// How many the server refused.
  public internal(set) var refused = 0
  /// How many of all these the server had before.
  public internal(set) var known = 0
  /// How many items were good for nothing.
  public internal(set) var useless = 0
  /// How many files were handed over, whole or in part, now or before.
  public internal(set) var files = 0
  /// How many of them the server has whole.
  public internal(set) var filesComplete = 0
  /// How many bytes of all these it has.
  public internal(set) var bytes: UInt64 = 0
  /// How many files were not sealed whole, so that nobody can hand them over.
  public internal(set) var filesUnsealed: Int
  /// The names of the codes that were given, in order, each once.
  public internal(set) var codes: [String] = []

  init(items: Int, unsent: Int, unsealed: Int, filesUnsealed: Int) {
    self.filesUnsealed = filesUnsealed
    self.items = items
    self.unsent = unsent
    self.unsealed = unsealed
  }
}

/// What a folder holds that was never sent, as far as it can be told without the keys.
public struct UnsentWork: Hashable, Sendable {
  /// How many acts have no verdict.
  public let entries: Int
  /// How many of them are sealed, so that they can be handed over without the keys.
  public let sealed: Int
  /// How many files were attached and are not at the server.
  public let files: Int
}
