/// A record on a client: the state that the server confirmed, and apart from it this device's own changes that have
/// no verdict yet.
///
/// What is shown is one applied over the other. A refusal takes the pending change out of what is shown and nothing
/// else: whatever it had hidden is there again.
public struct RecordReplica: Hashable, Sendable {
  /// What the server confirmed.
  public private(set) var confirmed: RecordState
  /// Own changes without a verdict, oldest first.
  public private(set) var pending: [Change]
  /// The confirmed state with the pending changes over it.
  public private(set) var shown: RecordState

  /// Makes a replica of what a store holds.
  public init(confirmed: RecordState = RecordState(), pending: [Change] = []) {
    self.confirmed = confirmed
    self.pending = pending
    shown = confirmed
    for change in pending { shown.apply(change) }
  }

  /// Adds an own change.
  public mutating func write(_ change: Change) {
    pending.append(change)
    shown.apply(change)
  }

  /// Takes in a change that the server delivered, or an own one that it accepted.
  public mutating func confirm(_ change: Change) {
    let wasNext = pending.first?.id == change.id && pending.count == 1
    pending.removeAll { $0.id == change.id }
    confirmed.apply(change)
    shown = wasNext ? confirmed : overlay()
  }

  /// Notes that a change got no effect: refused, quarantined or held.
  public mutating func void(_ change: ChangeID) {
    pending.removeAll { $0.id == change }
    confirmed.applyVoid(change)
    shown = overlay()
  }

  /// Replaces the confirmed state by one that the server delivered.
  public mutating func replaceConfirmed(by state: RecordState) {
    confirmed = state
    shown = overlay()
  }

  /// The confirmed state with the pending changes over it; one that the confirmed state contains already has no
  /// second effect.
  private func overlay() -> RecordState {
    var state = confirmed
    for change in pending { state.apply(change) }
    return state
  }
}
