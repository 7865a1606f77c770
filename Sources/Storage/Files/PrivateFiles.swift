import Glibc

/// Folders and files that their owner alone may use.
enum PrivateFiles {
  /// Makes a folder with mode 0700, durably, or takes one that is there; its parent must exist.
  static func makeDirectory(_ path: String) throws {
    let files = FileSystems.holding(path)
    if files.mkdir(path, 0o700) == 0 { return try synchroniseDirectory(of: path) }
    guard errno == EEXIST else { throw StorageError(.notAccessible, systemCode: errno) }
    guard files.chmod(path, 0o700) == 0 else { throw StorageError(.notAccessible, systemCode: errno) }
  }

  /// Whether something is there.
  static func exists(_ path: String) -> Bool { FileSystems.holding(path).status(ofPath: path) != nil }

  /// A file's size; 0 when there is none.
  static func byteCount(_ path: String) -> Int {
    FileSystems.holding(path).status(ofPath: path)?.byteCount ?? 0
  }

  /// Makes an empty file with mode 0600.
  ///
  /// - Throws: `exists` when there is one.
  static func create(_ path: String) throws {
    let files = FileSystems.holding(path)
    let file = files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError(errno == EEXIST ? .exists : .notAccessible, systemCode: errno) }
    _ = files.close(file)
  }

  /// Writes a file with mode 0600 whole or not at all, and makes it and its name durable.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let files = FileSystems.holding(path)
    let temporary = path + ".new"
    _ = files.unlink(temporary)
    let file = files.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    var isWritten = write(all: bytes, to: file, on: files) && files.fsync(file) == 0
    isWritten = files.close(file) == 0 && isWritten
    guard isWritten, files.rename(temporary, to: path) == 0 else {
      let code = errno
      _ = files.unlink(temporary)
      throw StorageError(code == ENOSPC ? .diskFull : .inputOutput, systemCode: code)
    }
    try synchroniseDirectory(of: path)
  }

  /// Removes a file, if there is one.
  static func remove(_ path: String) { _ = FileSystems.holding(path).unlink(path) }

  /// Removes a folder that holds nothing.
  static func removeEmptyDirectory(_ path: String) { _ = FileSystems.holding(path).rmdir(path) }

  /// Gives a file its name, durably.
  static func rename(_ path: String, to name: String) throws {
    guard FileSystems.holding(path).rename(path, to: name) == 0 else {
      throw StorageError(.notAccessible, systemCode: errno)
    }
    try synchroniseDirectory(of: name)
  }

  /// Gives a file its name, durably, unless another has the name.
  ///
  /// - Throws: `exists` when one has.
  static func name(_ path: String, as name: String) throws {
    guard !exists(name) else { throw StorageError(.exists) }
    try rename(path, to: name)
  }

  /// Reads a file that nobody but its owner may read, up to 64 KiB.
  ///
  /// - Throws: `missing` when there is none, `tooOpen` when others may read it.
  static func read(_ path: String) throws -> [UInt8] {
    let files = FileSystems.holding(path)
    let file = files.open(path, O_RDONLY | O_CLOEXEC, 0)
    guard file >= 0 else {
      throw StorageError(errno == ENOENT ? .missing : .notAccessible, systemCode: errno)
    }
    defer { _ = files.close(file) }
    guard let status = files.status(of: file) else { throw StorageError(.inputOutput, systemCode: errno) }
    guard status.mode & 0o077 == 0 else { throw StorageError(.tooOpen) }
    guard status.byteCount <= 65_536 else { throw StorageError(.damaged) }
    var bytes = [UInt8](repeating: 0, count: status.byteCount)
    guard files.read(file, &bytes, bytes.count) == bytes.count else {
      throw StorageError(.inputOutput, systemCode: errno)
    }
    return bytes
  }

  /// Makes the names in the folder of `path` durable.
  static func synchroniseDirectory(of path: String) throws {
    let files = FileSystems.holding(path)
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let file = files.open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard file >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    defer { _ = files.close(file) }
    guard files.fsync(file) == 0 else { throw StorageError(.inputOutput, systemCode: errno) }
  }

  /// Writes all bytes where a file stands, or at a place; `false`, with the reason in `errno`, when it
  /// cannot.
  static func write(
    all bytes: some Collection<UInt8>, to file: Int32, at place: Int? = nil, on files: any FileSystem
  ) -> Bool {
    let isWritten = bytes.withContiguousStorageIfAvailable { buffer in
      let buffer = UnsafeRawBufferPointer(buffer)
      var offset = 0
      while offset < buffer.count {
        guard let start = buffer.baseAddress else { return true }
        let left = buffer.count - offset
        let count =
          place.map { files.write(file, start + offset, left, at: $0 + offset) }
          ?? files.write(file, start + offset, left)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        offset += count
      }
      return true
    }
    return isWritten ?? write(all: Array(bytes), to: file, at: place, on: files)
  }
}
