import CRDT
import CaseModel
import Crypto
public import Replication
import WireProtocol

/// Carrying out what the replica's machine asks for.
extension ReplicaStore {
  /// What came of a write.
  public enum Outcome: Sendable {
    /// It is stored, and nothing of it is shown.
    case stored
    /// Verdicts on own entries are stored.
    case judged(AppliedVerdicts)
    /// A delivery is stored.
    case delivered(AppliedDelivery)
    /// It does not fit what is here, and nothing of it was stored: this device has lost something.
    case didNotFit
  }

  /// Stores what the machine says, in one transaction.
  ///
  /// - Parameter salt: draws 32 bytes that a new actor's key is derived with; the system's generator does
  ///   without.
  /// - Throws: `StorageError` when it cannot be stored, and then nothing of it is.
  public func carryOut(_ write: ReplicaMachine.Write, salt: (() -> [UInt8])? = nil) throws -> Outcome {
    switch write {
    case .session(let token, let membership, let clockOffset, let contactAt, let deliveries):
      try updateMeta {
        $0.sessionToken = token
        // The server says what waits, where something does, once it is asked for what is new.
        $0.quarantineWaiting = 0
        $0.devicesWaiting = 0
        $0.aliases = membership.aliases
        $0.role = Role(rawValue: membership.role)
        $0.personName = membership.personName
        // An early version's certificate did not name the key that bundles are sealed to.
        if $0.tenantAgreementKey == nil, !membership.tenantAgreementKey.isEmpty {
          $0.certificate = membership.certificate
          $0.certificateSignature = membership.certificateSignature
        }
        $0.clockOffset = clockOffset
        $0.lastContact = contactAt
        // What the server says of its clock counts, even where this device believed in a later time.
        $0.knownTime = KnownTime(time: contactAt &+ clockOffset)
        if deliveries > $0.deliveries { $0.cursor = nil }
        $0.deliveries = deliveries
        $0.lastFailure = nil
      }
      return .stored
    case .forgetCursor:
      try updateMeta { $0.cursor = nil }
      return .stored
    case .succession:
      let salt = salt?() ?? SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
      try updateMeta { $0.successorSalt = salt }
      return .stored
    case .standing(let digits):
      try updateMeta {
        $0.isConfirmed = digits == nil
        $0.confirmationDigits = digits.map(ConfirmationDigits.text)
      }
      return .stored
    case .healed(let healed, let now):
      try heal(healed, at: now)
      return .stored
    case .watermark(let watermark):
      try apply(watermark)
      return .stored
    case .exit(let records, let erased, let time):
      try exit(records, erased: erased, at: time)
      return .stored
    case .accessEnded(let end, let time):
      try self.end(end, at: time)
      return .stored
    case .lease(let lease):
      try updateMeta { $0.lease = lease }
      return .stored
    case .missedWipes(let wipes):
      try updateMeta {
        $0.wipes = max($0.wipes, wipes)
        $0.cursor = nil
      }
      return .stored
    case .decisions(let decisions):
      try apply(decisions)
      return .stored
    case .quarantineWaiting(let count):
      try updateMeta { $0.quarantineWaiting = count }
      return .stored
    case .devicesWaiting(let count):
      try updateMeta { $0.devicesWaiting = count }
      return .stored
    case .journal(let head, let own):
      return try unlessBehind {
        try goOn(after: head, having: own)
        return .stored
      }
    case .verdicts(let verdicts, let cursor, let caughtUpAt):
      return try unlessBehind {
        .judged(try apply(verdicts: verdicts, cursor: cursor, caughtUpAt: caughtUpAt))
      }
    case .delivery(let delivery, let caughtUpAt):
      return try unlessBehind { .delivered(try apply(delivery: delivery, caughtUpAt: caughtUpAt)) }
    }
  }

  /// What does not fit because this device has lost something: what comes builds on what is not here, or is
  /// an own change that was lost and another was written under its number (the journals show that fork when
  /// the next session begins).
  private static let lossCodes: [StorageError.Code] = [.gap, .unknownRecord, .notReady, .chainMismatch]

  private func unlessBehind(_ body: () throws -> Outcome) throws -> Outcome {
    do {
      return try body()
    } catch let error as StorageError where Self.lossCodes.contains(error.code) {
      return .didNotFit
    }
  }
}
