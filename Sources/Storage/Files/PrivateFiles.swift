import Glibc

/// Folders and files that their owner alone may use.
enum PrivateFiles {
  /// Makes a folder with mode 0700, or takes one that is there; its parent must exist.
  static func makeDirectory(_ path: String) throws {
    if mkdir(path, 0o700) == 0 { return }
    guard errno == EEXIST else { throw StorageError(.notAccessible, systemCode: errno) }
    guard chmod(path, 0o700) == 0 else { throw StorageError(.notAccessible, systemCode: errno) }
  }

  /// Whether something is there.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A file's size; 0 when there is none.
  static func byteCount(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Makes an empty file with mode 0600.
  ///
  /// - Throws: `exists` when there is one.
  static func create(_ path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError(errno == EEXIST ? .exists : .notAccessible, systemCode: errno) }
    close(file)
  }

  /// Writes a file with mode 0600 whole or not at all, and makes it and its name durable.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let temporary = path + ".new"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    var isWritten = write(all: bytes, to: file) && fsync(file) == 0
    isWritten = close(file) == 0 && isWritten
    guard isWritten, Glibc.rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw StorageError(code == ENOSPC ? .diskFull : .inputOutput, systemCode: code)
    }
    try synchroniseDirectory(of: path)
  }

  /// Removes a file, if there is one.
  static func remove(_ path: String) { unlink(path) }

  /// Removes a folder that holds nothing.
  static func removeEmptyDirectory(_ path: String) { rmdir(path) }

  /// Gives a file its name, durably.
  static func rename(_ path: String, to name: String) throws {
    guard Glibc.rename(path, name) == 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    try synchroniseDirectory(of: name)
  }

  /// Reads a file that nobody but its owner may read, up to 64 KiB.
  ///
  /// - Throws: `missing` when there is none, `tooOpen` when others may read it.
  static func read(_ path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw StorageError(errno == ENOENT ? .missing : .notAccessible, systemCode: errno)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StorageError(.inputOutput, systemCode: errno) }
    guard status.st_mode & 0o077 == 0 else { throw StorageError(.tooOpen) }
    guard status.st_size <= 65_536 else { throw StorageError(.damaged) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    guard Glibc.read(file, &bytes, bytes.count) == bytes.count else {
      throw StorageError(.inputOutput, systemCode: errno)
    }
    return bytes
  }

  /// Makes the names in the folder of `path` durable.
  static func synchroniseDirectory(of path: String) throws {
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let file = open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw StorageError(.inputOutput, systemCode: errno) }
  }

  private static func write(all bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let count = Glibc.write(file, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        offset += count
      }
      return true
    }
  }
}
