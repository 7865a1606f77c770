import WireProtocol

/// What came of holding what somebody brought along against what this device keeps.
public struct LogCheck: Hashable, Sendable {
  /// What is wrong, the gravest first; nothing where all of it stands in the log that this device knows.
  public internal(set) var findings: [LogEvidence.Finding] = []
  /// How many of the brought checkpoints were shown to be of the log that this device knows.
  public internal(set) var held = 0
  /// Of how many that could not be shown: the server was not reached, refused it, or tells this device
  /// nothing.
  public internal(set) var unproven = 0
  /// Why the server did not show it, by the name of the reason; `nil` where it has nothing for this device.
  public internal(set) var offline: String?
  /// Whether a second history that was found is kept, with what it contradicts.
  public internal(set) var isKept = false
  /// What contradicts what this device keeps.
  var contradictions: [SignedCheckpoint] = []
}
