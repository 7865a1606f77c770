public import CaseModel

/// A record of the log without what it says.
public struct LoggedRecord: Hashable, Sendable {
  /// What policy needs to know of it; `creator` is the person.
  public let reference: RecordReference
  /// The position at which it was created: no cursor from before passed it over.
  public let createdAt: UInt64

  /// Describes a record.
  public init(reference: RecordReference, createdAt: UInt64) {
    self.reference = reference
    self.createdAt = createdAt
  }
}
