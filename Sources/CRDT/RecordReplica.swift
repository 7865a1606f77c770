/// A record on a client: the state that the server confirmed, and apart from it this device's own changes
/// that have no verdict yet.
///
/// What is shown is one applied over the other. A refusal takes the pending change out of what is shown and
/// nothing else: whatever it had hidden is there again.
public struct RecordReplica: Hashable, Sendable {
  /// What the server confirmed.
  public private(set) var confirmed: RecordState
  /// Own changes without a verdict, oldest first.
  public private(set) var pending: [Change]
  /// The confirmed state with the pending changes over it; one that the confirmed state contains already has
  /// no second effect.
  public private(set) var shown: RecordState

  /// Makes a replica of what a store holds.
  public init(confirmed: RecordState = RecordState(), pending: [Change] = []) {
    self.confirmed = confirmed
    self.pending = pending
    shown = confirmed
    for change in pending { shown.overlay(change) }
  }

  /// Adds an own change, the next of this device's actor.
  public mutating func write(_ change: Change) {
    pending.append(change)
    shown.overlay(change)
  }

  /// Takes in a change that the server delivered, or an own one that it accepted.
  ///
  /// - Precondition: As for `RecordState.apply`, on the confirmed state.
  public mutating func confirm(_ change: Change) { confirming { $0(change) } }

  /// Takes in changes that the server delivered, in its order.
  ///
  /// - Precondition: As for `RecordState.apply`, on the confirmed state.
  public mutating func confirm(contentsOf changes: [Change]) {
    confirming { confirm in for change in changes { confirm(change) } }
  }

  /// Takes in what the body confirms, one change after the other as they are decoded. What is shown is put
  /// together once, at the end. When the body throws, what it confirmed before stays.
  ///
  /// - Precondition: As for `RecordState.apply`, on the confirmed state.
  public mutating func confirming(_ body: (_ confirm: (Change) -> Void) throws -> Void) rethrows {
    shown = RecordState()  // It shares the confirmed state's storage, which would be copied to change it.
    defer { overlayPending() }
    try body { change in
      if !pending.isEmpty { pending.removeAll { $0.id == change.id } }
      confirmed.apply(change)
    }
  }

  /// Notes that a change got no effect: refused, quarantined or held.
  ///
  /// - Precondition: As for `RecordState.applyVoid`, on the confirmed state.
  public mutating func void(_ change: ChangeID) {
    shown = RecordState()
    pending.removeAll { $0.id == change }
    confirmed.applyVoid(change)
    overlayPending()
  }

  /// Replaces the confirmed state by one that the server delivered.
  public mutating func replaceConfirmed(by state: RecordState) {
    confirmed = state
    overlayPending()
  }

  private mutating func overlayPending() {
    shown = confirmed
    for change in pending { shown.overlay(change) }
  }
}
