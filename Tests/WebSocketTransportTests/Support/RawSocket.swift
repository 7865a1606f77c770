import Glibc

/// A plain TCP connection to 127.0.0.1 that may send anything, for what a well-behaved client never does.
final class RawSocket {
  let descriptor: Int32

  init(port: Int, receiveBufferBytes: Int32? = nil, timeoutSeconds: Int = 10) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw SocketFailure() }
    if var size = receiveBufferBytes {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw SocketFailure() }
  }

  deinit {
    Glibc.close(descriptor)
  }

  /// Ends the connection in the midst of what is being sent.
  func breakOff(_ way: BreakingOff) {
    switch way {
    case .halfClose: shutdown(descriptor, Int32(SHUT_WR))
    case .finish: shutdown(descriptor, Int32(SHUT_RDWR))
    case .reset:
      // To connect to nothing resets a connection.
      var nobody = sockaddr()
      nobody.sa_family = sa_family_t(AF_UNSPEC)
      connect(descriptor, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
    }
  }

  /// Sends everything, or as much as the peer takes before it hangs up.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool {
    send(Array(text.utf8))
  }

  /// One read: nil at the end of the connection or after the timeout.
  func read(upTo count: Int = 65_536) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: count)
    let received = recv(descriptor, &buffer, count, 0)
    return received > 0 ? Array(buffer.prefix(received)) : nil
  }

  /// One read: empty at the end of the connection, nil after the timeout.
  func readOrEnd() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let received = recv(descriptor, &buffer, buffer.count, 0)
    if received == 0 || (received < 0 && errno == ECONNRESET) { return [] }
    return received > 0 ? Array(buffer.prefix(received)) : nil
  }

  /// Everything until the peer hangs up, or nil when it does not within the timeout.
  func readToEnd() -> [UInt8]? {
    var all: [UInt8] = []
    while let bytes = readOrEnd() {
      if bytes.isEmpty { return all }
      all += bytes
    }
    return nil
  }

  /// Reads until the empty line that ends the headers of an answer.
  func readHeaders() -> String {
    var all: [UInt8] = []
    while let more = read(upTo: 1) {
      all += more
      if all.suffix(4) == [13, 10, 13, 10] { break }
    }
    return String(decoding: all, as: UTF8.self)
  }
}

struct SocketFailure: Error {}

/// Listens on 127.0.0.1 and never accepts.
final class SilentListener {
  let port: Int
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { [descriptor] in
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard status else { throw SocketFailure() }
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit {
    Glibc.close(descriptor)
  }
}
