/// The file that holds what backups are sealed with.
public enum BackupKeyFile {
  private static let charactersMin = 16

  /// Reads the file's text, without the end of the line.
  ///
  /// - Throws: `StorageError`: `missing`, `tooOpen`, `damaged` for fewer than 16 bytes, or what is no
  ///   UTF-8 text.
  public static func read(_ path: String) throws -> String {
    var bytes = try PrivateFiles.read(path)
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    // Bytes that are no text would all be read as the same replacement, and the key be a weaker one.
    guard bytes.count >= charactersMin, let text = String(validating: bytes, as: UTF8.self) else {
      throw StorageError(.damaged)
    }
    return text
  }
}
