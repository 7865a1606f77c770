/// What keeps the secrets in a device's key file from whoever gets hold of the file.
public enum KeyProtection: Hashable, Sendable {
  /// A passphrase that a person gives each time.
  case passphrase
  /// A passphrase that stands in a file, such as one that the system's service manager provides.
  case passphraseFile(String)
  /// A passphrase that a person gives once a login; the kernel keeps what was derived from it.
  case sessionKeyring
  /// Nothing but the file's mode.
  case unprotected

  var stored: String {
    switch self {
    case .passphrase: "passphrase"
    case .passphraseFile(let path): "passphrase_file:" + path
    case .sessionKeyring: "session_keyring"
    case .unprotected: "unprotected"
    }
  }

  init(stored text: String) throws {
    switch text {
    case "passphrase": self = .passphrase
    case "session_keyring": self = .sessionKeyring
    case "unprotected": self = .unprotected
    default:
      guard text.hasPrefix("passphrase_file:") else { throw StorageError(.damaged) }
      self = .passphraseFile(String(text.dropFirst("passphrase_file:".count)))
    }
  }
}
