public import CRDT
import CaseModel
import WireProtocol

extension GroupStage {
  /// Ends the recovery of a server that lost its ledger, by a leader's word: from then on it delivers again.
  ///
  /// - Throws: `ProtocolError`: `NOT_PERMITTED` for whom may not, or when there is no recovery;
  ///   `BAD_SIGNATURE` when the statement is about something else, or another key signed it.
  public mutating func endRecovery(_ end: RecoveryEnd, by actor: ActorID) throws {
    guard directory.isInRecovery, !group.endsRecovery, let device = device(actor), isTrusted(device),
      account(device.account)?.role == .leader
    else { throw ProtocolError(.notPermitted) }
    guard let statement = try? WireRecoveryStatement(serializedBytes: end.statement),
      Array(statement.tenant) == tenant.bytes,
      Array(statement.epoch) == directory.tenant.epoch.bytes, statement.actor == actor.rawValue,
      try VerifyingKey(bytes: device.signingKey).isValid(
        end.signature, over: end.statement, for: .recoveryEnd)
    else { throw ProtocolError(.badSignature) }
    group.ledger.append(.recoveryEnded(end))
  }
}
