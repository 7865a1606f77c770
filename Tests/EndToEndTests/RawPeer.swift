import Glibc
import TestProcesses

/// A WebSocket connection in bytes, for what no client of ours would send. It blocks; each wait has a
/// deadline.
final class RawPeer {
  /// What a server says.
  enum Answer: Equatable {
    case message([UInt8])
    /// A close frame with its code.
    case closed(UInt16)
    /// The connection ended without one.
    case ended
  }

  private let descriptor: Int32
  private var received: [UInt8] = []

  /// Connects and upgrades.
  init(port: Int, subprotocol: String) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ProcessFailure("no socket: \(errno)") }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    var one: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let status = withUnsafePointer(to: &address) { [descriptor] in
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw ProcessFailure("no connection: \(errno)") }
    try upgrade(subprotocol)
  }

  deinit { close(descriptor) }

  private func upgrade(_ subprotocol: String) throws {
    sendBytes(
      Array(
        """
        GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Protocol: \(subprotocol)\r\n\r\n
        """.utf8))
    let end: [UInt8] = [13, 10, 13, 10]
    while true {
      if let range = received.firstRange(of: end) {
        let head = String(decoding: received[..<range.lowerBound], as: UTF8.self)
        guard head.hasPrefix("HTTP/1.1 101 ") else { throw ProcessFailure("no upgrade: \(head)") }
        received.removeFirst(range.upperBound)
        return
      }
      guard try readMore() else { throw ProcessFailure("no upgrade") }
    }
  }

  /// Sends one unfragmented frame, under a mask of zeros.
  func send(_ payload: [UInt8], opcode: UInt8 = 2) {
    var frame: [UInt8] = [0x80 | opcode]
    switch payload.count {
    case ..<126: frame.append(0x80 | UInt8(payload.count))
    case ..<65_536: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
    default:
      frame.append(0x80 | 127)
      frame += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
    }
    sendBytes(frame + [0, 0, 0, 0] + payload)
  }

  /// Sends as much as the server takes.
  func sendBytes(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// The next thing that the server says.
  ///
  /// - Throws: when it says nothing in time.
  func next() throws -> Answer {
    while true {
      if let (opcode, payload) = takeFrame() {
        switch opcode {
        case 2: return .message(payload)
        case 8: return .closed(payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : 1005)
        default: continue
        }
      }
      guard try readMore() else { return .ended }
    }
  }

  /// The first frame in what was received; a server sends neither masks nor fragments.
  private func takeFrame() -> (opcode: UInt8, payload: [UInt8])? {
    guard received.count >= 2 else { return nil }
    let short = Int(received[1] & 0x7f)
    let extra = short == 126 ? 2 : short == 127 ? 8 : 0
    guard received.count >= 2 + extra else { return nil }
    let length = extra == 0 ? short : received[2..<2 + extra].reduce(0) { $0 << 8 | Int($1) }
    guard received.count >= 2 + extra + length else { return nil }
    defer { received.removeFirst(2 + extra + length) }
    return (received[0] & 0xf, Array(received[(2 + extra)..<(2 + extra + length)]))
  }

  private func readMore() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count < 0, errno == EAGAIN { throw ProcessFailure("the server said nothing in time") }
    guard count > 0 else { return false }
    received += buffer.prefix(count)
    return true
  }
}
