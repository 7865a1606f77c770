import CRDT
import WireProtocol

/// A connection on which somebody hands over what a device kept sealed. It may hand over, one item at a time,
/// and is told counts and codes; it is sent nothing else.
struct OpenRescue: Sendable {
  /// The actor whose disk it is, as the opening showed.
  let device: Device
  /// The entries of the push that is judged which the server had before; `nil` when nothing is.
  private(set) var waitingKnown: Int?
  private var items = 0
  private var failures = 0

  init(device: Device) { self.device = device }

  /// Takes in that an item came.
  ///
  /// - Throws: `ProtocolError`: `UNEXPECTED` while another one is looked at, `LIMIT_EXCEEDED`.
  mutating func itemReceived() throws {
    guard waitingKnown == nil else { throw ProtocolError(.unexpected) }
    items += 1
    guard items <= Limits.rescueItems else { throw ProtocolError(.limitExceeded) }
  }

  /// The item is submitted.
  mutating func submitted(known: Int) { waitingKnown = known }

  /// What became of the item that was submitted.
  mutating func settled() { waitingKnown = nil }

  /// The item is good for nothing.
  ///
  /// - Throws: `ProtocolError` `LIMIT_EXCEEDED` when too many were.
  mutating func failed(_ code: ErrorCode) throws -> WireRescued {
    waitingKnown = nil
    failures += 1
    guard failures <= Limits.rescueFailures else { throw ProtocolError(.limitExceeded) }
    return .with { $0.code = code.rawValue }
  }
}
