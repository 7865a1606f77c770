import Glibc

/// A file that is written whole or not at all, for its owner alone (mode 0600). Until it is finished it
/// stands beside its place under another name.
final class NewFile {
  private let path: String
  private let temporary: String
  private let isReplacing: Bool
  private var descriptor: Int32

  /// - Parameter isReplacing: whether a file that is there goes.
  /// - Throws: `Failure` when there is a file and it must not go, or when none can be made there.
  init(path: String, replacing isReplacing: Bool) throws {
    self.path = path
    self.isReplacing = isReplacing
    temporary = path + ".kos-part"
    descriptor = -1
    if !isReplacing, access(path, F_OK) == 0 { throw Failure(.usage, .fileExists, path) }
    unlink(temporary)
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure() }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  /// Adds bytes.
  func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      rest = rest.dropFirst(count)
    }
  }

  /// Gives the file its name, once the disk has it.
  ///
  /// - Throws: `Failure` when that cannot be done, or when meanwhile another file has the name.
  func finish() throws {
    guard fsync(descriptor) == 0 else { throw failure() }
    if isReplacing {
      guard rename(temporary, path) == 0 else { throw failure() }
    } else {
      guard link(temporary, path) == 0 else {
        throw errno == EEXIST ? Failure(.usage, .fileExists, path) : failure()
      }
      unlink(temporary)
    }
    close(descriptor)
    descriptor = -1
  }

  private func failure() -> Failure {
    Failure(.usage, .cannotWrite, path, String(cString: strerror(errno)))
  }
}
