public import CRDT

/// Whether a gate of a step is open, and what is missing.
public struct GateStanding: Sendable, Hashable {
  /// Something that is missing.
  public enum Missing: Sendable, Hashable {
    /// What was asked for has neither come nor been waived.
    case request(Identifier)
    /// Nobody of a legal area was among those who assessed.
    case legalArea(String)
    /// There is no record of a kind that counts.
    case record(RecordKind)
  }

  /// The gate.
  public let gate: WorkflowGate
  /// What is missing; empty when the gate is open.
  public let missing: [Missing]

  /// Whether it is open.
  public var isOpen: Bool { missing.isEmpty }
}
