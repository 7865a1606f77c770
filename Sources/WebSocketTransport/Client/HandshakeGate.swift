/// Lets only so many clients of a loop be in their handshake at a moment.
///
/// The library has one pool of header buffers for clients and servers. When a thousand clients begin at once
/// and their server lives in the same loop, they would take every buffer and wait for answers that the server
/// cannot read.
struct HandshakeGate {
  /// Handshakes at a moment. 64: a quarter of the pool.
  static let handshakesMax = 64

  private var count = 0
  private var queue: [() -> Void] = []

  /// True: begin now. False: `begin` is kept until another handshake has ended.
  mutating func enter(_ begin: @escaping () -> Void) -> Bool {
    guard count < Self.handshakesMax else {
      queue.append(begin)
      return false
    }
    count += 1
    return true
  }

  /// A handshake has ended; the next one, which is counted already, or nil.
  mutating func leave() -> (() -> Void)? {
    guard !queue.isEmpty else {
      count -= 1
      return nil
    }
    return queue.removeFirst()
  }
}
