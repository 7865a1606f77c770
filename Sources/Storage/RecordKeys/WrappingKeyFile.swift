/// The file with the keys that records' keys are wrapped with: it alone opens the key database, and is for
/// its owner alone (mode 0600).
///
/// The newest key stands first and wraps; while a rotation runs, the older ones open what is not wrapped anew
/// yet.
enum WrappingKeyFile {
  private static let firstLine = "kos-wrapping-keys 1"

  static func encode(_ keys: StoreKeys) -> [UInt8] {
    let lines = [firstLine] + keys.secrets.map { "key " + Hexadecimal.encode($0) }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  /// - Throws: `damaged` when it is none.
  static func decode(_ bytes: [UInt8]) throws -> StoreKeys {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first.map(String.init) == firstLine else { throw StorageError(.damaged) }
    return try StoreKeys(
      secrets: try lines.dropFirst().map { line in
        guard line.hasPrefix("key "), let secret = Hexadecimal.decode(line.dropFirst(4)) else {
          throw StorageError(.damaged)
        }
        return secret
      })
  }

  /// - Throws: `keysMissing` when there is none, `tooOpen` when others may read it, `damaged`.
  static func read(_ path: String) throws -> StoreKeys {
    do {
      return try decode(try PrivateFiles.read(path))
    } catch let error as StorageError where error.code == .missing {
      throw StorageError(.keysMissing)
    }
  }

  static func write(_ keys: StoreKeys, to path: String) throws {
    try PrivateFiles.write(encode(keys), to: path)
  }
}
