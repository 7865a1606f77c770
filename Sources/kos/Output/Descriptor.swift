import Glibc

/// Reading and writing file descriptors.
enum Descriptor {
  /// More than any text or caseload that is read: 64 MiB.
  static let bytesMax = 1 << 26

  /// Writes a text whole and at once. A reader that went away ends the process as it would any filter.
  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        if errno == EPIPE { Glibc._exit(0) }
        return
      }
      bytes = bytes.dropFirst(written)
    }
  }

  /// Reads everything up to the end.
  ///
  /// - Throws: `Failure` for more than `bytesMax` bytes, or when reading fails.
  static func readAll(_ descriptor: Int32, name: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.usage, .cannotRead, name, String(cString: strerror(errno)))
      }
      bytes += buffer.prefix(count)
      guard bytes.count <= bytesMax else { throw Failure(.usage, .fileTooLarge, name) }
    }
  }

  /// Reads a file whole; `-` is the standard input.
  static func readFile(_ path: String) throws -> [UInt8] {
    if path == "-" { return try readAll(0, name: path) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.usage, .cannotRead, path, String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    return try readAll(descriptor, name: path)
  }
}
