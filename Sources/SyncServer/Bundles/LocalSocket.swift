import Glibc
import WireProtocol

/// A stream between two processes of one machine that hold a tenant: messages, each with its length in front
/// (4 bytes, big-endian). The socket stands in the tenant's folder, which its owner alone can enter.
final class LocalSocket: Sendable {
  /// Why a stream cannot be used.
  enum Failure: Error, Hashable {
    /// Nobody listens there.
    case nobody
    /// The other side is gone, or does not answer in time.
    case closed
    /// What came is no message.
    case malformed
    /// The system does not let it.
    case system(Int32)
  }

  private static let name = "bundle.sock"
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  // MARK: Making

  /// Listens in a folder. A socket that a process left there is replaced: whoever holds the folder's lock
  /// alone calls this.
  static func listening(in directory: String) throws -> LocalSocket {
    let socket = try make()
    // The mode that the name gets with the bind.
    _ = fchmod(socket.descriptor, 0o600)
    try withAddress(in: directory) { address, path in
      unlink(path)
      let size = socklen_t(MemoryLayout<sockaddr_un>.size)
      guard bind(socket.descriptor, address, size) == 0, listen(socket.descriptor, 8) == 0 else {
        throw Failure.system(errno)
      }
    }
    return socket
  }

  /// Connects to whoever listens in a folder.
  ///
  /// - Throws: `nobody` when nobody does.
  static func connected(to directory: String, patience seconds: Int) throws -> LocalSocket {
    let socket = try make()
    try withAddress(in: directory) { address, _ in
      guard connect(socket.descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 else {
        throw [ENOENT, ECONNREFUSED].contains(errno) ? Failure.nobody : Failure.system(errno)
      }
    }
    socket.setPatience(seconds)
    return socket
  }

  /// Removes the name in a folder.
  static func remove(in directory: String) { unlink(directory + "/" + name) }

  private static func make() throws -> LocalSocket {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Failure.system(errno) }
    return LocalSocket(descriptor: descriptor)
  }

  /// The address of the socket in a folder, by way of a descriptor: a folder's path may be longer than an
  /// address.
  private static func withAddress(
    in directory: String, _ body: (UnsafePointer<sockaddr>, String) throws -> Void
  ) throws {
    let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Failure.system(errno) }
    defer { close(folder) }
    let path = "/proc/self/fd/\(folder)/\(name)"
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    try withUnsafePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { try body($0, path) }
    }
  }

  // MARK: Using

  /// Waits for the next connection.
  ///
  /// - Throws: `closed` once `shutDown` was called.
  func accepted(patience seconds: Int) throws -> LocalSocket {
    while true {
      let accepted = accept(descriptor, nil, nil)
      guard accepted < 0 else {
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        let socket = LocalSocket(descriptor: accepted)
        socket.setPatience(seconds)
        return socket
      }
      // Those that are gone before they were accepted, and descriptors that ran out, are no end.
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: usleep(100_000)
      default: throw Failure.closed
      }
    }
  }

  /// Ends what waits on either side.
  func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// The next message; `nil` when the other side has no more.
  func receive() throws -> [UInt8]? {
    let told = try read(4)
    if told.isEmpty { return nil }
    let count = told.reduce(0) { $0 << 8 | Int($1) }
    guard told.count == 4, count > 0, count <= Limits.messageBytes else { throw Failure.malformed }
    let message = try read(count)
    guard message.count == count else { throw Failure.closed }
    return message
  }

  /// Sends a message.
  func send(_ message: [UInt8]) throws {
    let count = UInt32(truncatingIfNeeded: message.count)
    var rest = ((0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * UInt32($0))) } + message)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { buffer in
        // A peer that is gone is told by an error, not by a signal.
        Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { throw Failure.closed }
      rest = rest.dropFirst(sent)
    }
  }

  /// So many bytes; fewer when the other side ends before.
  private func read(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer -> Int in
        guard let start = buffer.baseAddress else { return 0 }
        return Glibc.read(descriptor, start + filled, count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw Failure.closed }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }

  /// How long a message may take on its way, in seconds.
  private func setPatience(_ seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
  }
}
