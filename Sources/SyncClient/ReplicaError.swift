import Storage
import WireProtocol

/// Why something on a replica could not be done.
public struct ReplicaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason.
  public enum Code: Hashable, Sendable {
    /// There is no replica in the folder.
    case notEnrolled
    /// There is one already.
    case alreadyEnrolled
    /// The code is not one: mistyped, or cut off.
    case badCode
    /// The address is not `ws://` or `wss://`.
    case badURL
    /// The key file needs a passphrase, and none was given.
    case locked
    /// The passphrase is not the right one.
    case wrongPassphrase
    /// Others than the owner may read the key file, or the file that holds the passphrase.
    case tooOpen
    /// The kernel keeps no keys for this process.
    case noKeyring
    /// The replica's key file is not there: nothing in it can be read without.
    case keyFileMissing
    /// The replica's key file is damaged: nothing in it can be read without.
    case keyFileDamaged
    /// The replica is sealed under a key that is not in its key file: that is another device's, or an older
    /// copy.
    case foreignKey
    /// The recovery code is not one, or not this device's.
    case wrongRecoveryCode
    /// The files cannot be read.
    case damaged
    /// The server was not reached.
    case offline(String)
    /// The server said no: a name of `Protocol/errors.md`.
    case refused(name: String)
    /// A bundle could not be written or taken in.
    case bundle(BundleProblem)
    /// The access of this device has ended, and nothing can be shown or written on it.
    case accessEnded
    /// The device may not show what it holds before it has reached the server.
    case leaseOver
    /// A record with that name exists already.
    case recordExists
    /// Something else, by the name of a storage error.
    case other(String)
  }

  /// The reason.
  public let code: Code

  /// Makes an error.
  public init(_ code: Code) { self.code = code }

  init(_ error: any Error) {
    switch error {
    case let error as ReplicaError: self = error
    case let error as ProtocolError: self.init(.refused(name: error.code.name))
    case let error as StorageError:
      switch error.code {
      case .missing: self.init(.notEnrolled)
      case .exists: self.init(.alreadyEnrolled)
      case .wrongPassphrase: self.init(.wrongPassphrase)
      case .tooOpen: self.init(.tooOpen)
      case .noKeyring: self.init(.noKeyring)
      case .foreignKey: self.init(.foreignKey)
      case .wrongRecoveryCode: self.init(.wrongRecoveryCode)
      case .damaged, .foreignFile: self.init(.damaged)
      case .recordExists: self.init(.recordExists)
      default: self.init(.other(error.code.rawValue))
      }
    default: self.init(.other("internal"))
    }
  }

  public var description: String { "\(code)" }
}
