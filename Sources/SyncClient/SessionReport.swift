import CRDT
import WireProtocol

/// What happened in a running session.
enum SessionReport {
  case opened
  case upToDate
  case changed([Identifier], entered: Set<Identifier>)
  case refusedWork([RefusedWork])
  case invited(expiresAt: Int64)
  /// A request was refused; the session goes on.
  case refused(ErrorCode)
  /// The server ended the session.
  case failed(ErrorCode)
  /// The connection was not made, or is gone.
  case ended(String)
}
