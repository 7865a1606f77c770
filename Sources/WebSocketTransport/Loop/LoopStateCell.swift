/// Holds the state of the service thread for those who run on it.
final class LoopStateCell: @unchecked Sendable {
  private var state: LoopState?

  /// The state; traps on any other thread and when the loop is over.
  func value(on loop: ServiceLoop) -> LoopState {
    loop.preconditionOnLoop()
    guard let state else { preconditionFailure("the service loop is over") }
    return state
  }

  /// Sets the state. Service thread only.
  func set(_ state: LoopState?) {
    self.state = state
  }
}
