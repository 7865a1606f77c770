import CRDT
import Dispatch
import Glibc
import Synchronization
import TestProcesses
import WireProtocol

/// Stands between clients and a server, passes on every byte, and keeps what the server says.
final class Wiretap: Sendable {
  /// Where clients connect.
  let port: Int
  private let target: Int
  private let listener: Int32
  /// What the server sent, by connection.
  private let heard = Mutex<[[UInt8]]>([])

  /// - Parameter target: the server's port on this machine.
  init(to target: Int) throws {
    self.target = target
    port = try FreePort.find()
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var one: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    guard listener >= 0, Self.withAddress(port, { bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0
    else { throw ProcessFailure("no port to listen on: \(errno)") }
    DispatchQueue.global().async { [self] in serve() }
  }

  /// Ends it; connections end by themselves.
  func close() { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func withAddress(
    _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private func serve() {
    defer { Glibc.close(listener) }
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
      guard Self.withAddress(target, { connect(server, $0, $1) }) == 0 else {
        Glibc.close(client)
        Glibc.close(server)
        continue
      }
      let number = heard.withLock {
        $0.append([])
        return $0.count - 1
      }
      // The second of the two directions to end closes both sockets.
      let ended = DispatchGroup()
      pass(from: client, to: server, ended) { _ in }
      pass(from: server, to: client, ended) { [self] bytes in heard.withLock { $0[number] += bytes } }
      ended.notify(queue: .global()) {
        Glibc.close(client)
        Glibc.close(server)
      }
    }
  }

  private func pass(
    from source: Int32, to target: Int32, _ ended: DispatchGroup,
    _ note: @escaping @Sendable (ArraySlice<UInt8>) -> Void
  ) {
    DispatchQueue.global().async(group: ended) {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = recv(source, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        // Noted before it goes on: what a client has was heard.
        note(buffer[..<count])
        var sent = 0
        while sent < count {
          let more = buffer[sent..<count].withUnsafeBytes {
            send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
          }
          guard more > 0 else { break }
          sent += more
        }
        guard sent == count else { break }
      }
      shutdown(target, Int32(SHUT_WR))
    }
  }

  // MARK: What was said

  /// Every text of every message that the server sent: its bytes as text, and whatever is compressed or
  /// packed in it, decoded.
  ///
  /// - Throws: when a message cannot be decoded: a search in it would find nothing and prove nothing.
  func texts() throws -> [String] {
    try heard.withLock { $0 }.flatMap(Self.messages).flatMap(Self.texts)
  }

  /// The binary messages of a connection. A server sends neither masks nor fragments.
  private static func messages(_ bytes: [UInt8]) throws -> [[UInt8]] {
    guard let head = bytes.firstRange(of: [13, 10, 13, 10]) else { return [] }
    var messages: [[UInt8]] = []
    var place = head.upperBound
    while place + 2 <= bytes.count {
      guard bytes[place] & 0x80 != 0, bytes[place + 1] & 0x80 == 0 else {
        throw ProcessFailure("a frame with a mask, or a fragment")
      }
      let short = Int(bytes[place + 1])
      let extra = short == 126 ? 2 : short == 127 ? 8 : 0
      guard place + 2 + extra <= bytes.count else { break }
      let length =
        extra == 0 ? short : bytes[(place + 2)..<(place + 2 + extra)].reduce(0) { $0 << 8 | Int($1) }
      let start = place + 2 + extra
      guard start + length <= bytes.count else { break }
      if bytes[place] & 0xf == 2 { messages.append(Array(bytes[start..<(start + length)])) }
      place = start + length
    }
    return messages
  }

  private static func texts(_ message: [UInt8]) throws -> [String] {
    var texts = [String(decoding: message, as: UTF8.self)]
    let said = try WireServerMessage(checking: message)
    guard case .delivery(let delivery)? = said.body else { return texts }
    for enter in try delivery.allEnters() {
      let snapshot = try RecordSnapshot(encoded: Array(enter.state))
      texts += Self.texts(of: snapshot.state)
    }
    let changes = try ChangeUnpacker.delivered(
      Array(delivery.changes), epoch: Identifier(high: 0, low: 0))
    for case let payload? in changes.map(\.payload) {
      texts += try Payload(encoded: payload).operations.map { String(describing: $0.action) }
    }
    return texts
  }

  /// Every text in a record's state.
  static func texts(of state: RecordState) -> [String] {
    state.texts.values.map(\.string) + state.texts.values.flatMap(\.segments).map(\.text)
      + state.fields.values.joined().map { String(describing: $0.value) }
  }
}
