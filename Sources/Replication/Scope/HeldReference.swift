public import CaseModel

/// A record that a device holds, with what policy needs to know of it.
public struct HeldReference: Hashable, Sendable {
  /// The record.
  public let reference: RecordReference
  /// In which generation it is held.
  public let generation: UInt64

  /// Describes a record that is held.
  public init(reference: RecordReference, generation: UInt64) {
    self.reference = reference
    self.generation = generation
  }

  /// The record and its generation alone.
  public var held: HeldRecord { HeldRecord(record: reference.id, generation: generation) }
}
