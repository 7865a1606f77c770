import Glibc

/// Reads what a server sends until it is clear what it did.
final class FrameReader {
  private let socket: RawSocket
  private let drip: (bytes: [UInt8], milliseconds: UInt32)?
  private var bytes: [UInt8] = []

  init(_ socket: RawSocket, drip: (bytes: [UInt8], milliseconds: UInt32)? = nil) {
    self.socket = socket
    self.drip = drip
  }

  /// The first frame that is not a pong after others, or what came in place of one.
  func outcome() -> FrameCase.Outcome {
    var waits = 0
    while true {
      if let frame = takeFrame() {
        switch frame.opcode {
        case 8:
          let code = frame.payload.prefix(2).reduce(0) { UInt16($0) << 8 | UInt16($1) }
          return .close(frame.payload.count >= 2 ? code : 1005)
        case 10:
          if hasMore() { continue }
          return .pong(frame.payload.count)
        default: return .message(frame.payload.count)
        }
      }
      guard let drip else {
        guard let more = socket.readOrEnd() else { return .silence }
        if more.isEmpty { return .end }
        bytes += more
        continue
      }
      waits += 1
      if waits > 60 { return .silence }
      usleep(drip.milliseconds * 1_000)
      if !socket.hasInput {
        socket.send(drip.bytes)
      } else {
        guard let more = socket.readOrEnd(), !more.isEmpty else { return .end }
        bytes += more
      }
    }
  }

  private func hasMore() -> Bool {
    if !bytes.isEmpty { return true }
    usleep(300_000)
    guard socket.hasInput, let more = socket.readOrEnd(), !more.isEmpty else { return false }
    bytes += more
    return true
  }

  private func takeFrame() -> (opcode: UInt8, payload: [UInt8])? {
    guard bytes.count >= 2 else { return nil }
    var length = Int(bytes[1] & 0x7f)
    let extra = length == 126 ? 2 : length == 127 ? 8 : 0
    guard bytes.count >= 2 + extra else { return nil }
    if extra > 0 { length = bytes[2..<2 + extra].reduce(0) { $0 << 8 | Int($1) } }
    guard bytes.count >= 2 + extra + length else { return nil }
    defer { bytes.removeFirst(2 + extra + length) }
    return (bytes[0] & 0xf, Array(bytes[(2 + extra)..<(2 + extra + length)]))
  }
}

extension RawSocket {
  /// Whether a read would not wait.
  var hasInput: Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0
  }
}
