import Glibc

/// A file that is written from its beginning to its end, with mode 0600.
final class FileOutput {
  private let files: any FileSystem
  private let file: Int32
  private var isOpen = true

  /// - Throws: `exists` when there is one.
  init(path: String) throws {
    files = FileSystems.holding(path)
    file = files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError(errno == EEXIST ? .exists : .notAccessible, systemCode: errno) }
  }

  deinit { if isOpen { _ = files.close(file) } }

  func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        buffer.baseAddress.map { files.write(file, $0, buffer.count) } ?? 0
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw StorageError(errno == ENOSPC ? .diskFull : .inputOutput, systemCode: errno)
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes durable what was written, and closes the file.
  func finish() throws {
    isOpen = false
    let isSynced = files.fsync(file) == 0
    let code = errno
    guard files.close(file) == 0, isSynced else { throw StorageError(.inputOutput, systemCode: code) }
  }
}

/// A file that is read from its beginning to its end.
final class FileInput {
  private let files: any FileSystem
  private let file: Int32

  /// - Throws: `missing` when there is none.
  init(path: String) throws {
    files = FileSystems.holding(path)
    file = files.open(path, O_RDONLY | O_CLOEXEC, 0)
    guard file >= 0 else {
      throw StorageError(errno == ENOENT ? .missing : .notAccessible, systemCode: errno)
    }
  }

  deinit { _ = files.close(file) }

  /// The next so many bytes; fewer at the end of the file.
  func read(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer -> Int in
        guard let start = buffer.baseAddress else { return 0 }
        return files.read(file, start + filled, count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw StorageError(.inputOutput, systemCode: errno) }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }
}
