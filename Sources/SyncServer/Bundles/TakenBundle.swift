/// What came of taking a push bundle in: counts and sizes, nothing of content.
public struct TakenBundle: Hashable, Sendable {
  /// How many entries got their verdict; an entry that had one before gets the same.
  public internal(set) var entries = 0
  /// How many changes they hold.
  public internal(set) var changes = 0
  /// How many entries are refused; the device tells its person why.
  public internal(set) var refused = 0
  /// How many deliveries the reply holds.
  public internal(set) var deliveries = 0
  /// The size of the reply's file, in bytes.
  public internal(set) var replyBytes = 0
  /// Whether the device is sent content. One that was restored or cloned is not, until a person confirms it.
  public internal(set) var isConfirmed = true

  /// What people are told.
  ///
  /// - Parameter reply: the reply's file.
  public func text(reply: String) -> String {
    var text = """
      Taken in: \(entries) entries with \(changes) changes; \(entries - refused) accepted, \(refused) refused.
      Reply \(reply): \(deliveries) deliveries, \(replyBytes) bytes. Carry it back: kos bundle take \(reply)
      """
    if !isConfirmed {
      text += "\nThe device is to be confirmed by a person: nothing is delivered to it before."
    }
    return text
  }

  /// What programs are told.
  public var json: String {
    #"{"entries":\#(entries),"changes":\#(changes),"refused":\#(refused),"deliveries":\#(deliveries),"#
      + #""reply_bytes":\#(replyBytes),"confirmed":\#(isConfirmed)}"#
  }
}
