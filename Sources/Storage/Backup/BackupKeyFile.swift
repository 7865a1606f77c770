/// The file that holds what backups are sealed with.
public enum BackupKeyFile {
  private static let charactersMin = 16

  /// Reads the file's text, without the end of the line.
  ///
  /// - Throws: `StorageError`: `missing`, `tooOpen`, `damaged` for fewer than 16 characters.
  public static func read(_ path: String) throws -> String {
    var bytes = try PrivateFiles.read(path)
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    guard bytes.count >= charactersMin else { throw StorageError(.damaged) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
