public import CRDT
import GRDB
import WireProtocol

/// Why a store could not do what it was asked. It names records by their ids and says nothing of what they
/// hold.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong, and so what the caller does about it.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// There is a store already where one was to be made.
    case exists
    /// There is no store here.
    case missing
    /// Another process has the store open.
    case inUse
    /// Another process did not let go of a lock in time; try again.
    case busy
    /// The file is not a store of this program.
    case foreignFile
    /// A newer version of the program wrote the file; this one must not touch it.
    case newerSchema
    /// An older version wrote the file, before the format was settled; this one cannot read it.
    case olderSchema
    /// What is stored is not what was stored.
    case damaged
    /// What was asked for was erased.
    case erased
    /// The disk is full; try again when there is space.
    case diskFull
    /// The disk failed. The store must be closed and opened again, so that it recovers what is durable.
    case inputOutput
    /// A file or folder may not be read or written.
    case notAccessible
    /// The disk failed earlier, and the store was not opened again.
    case mustReopen
    /// What was to be stored contradicts what is stored.
    case inconsistent
    /// The database refused for another reason, which is an error of this program.
    case database
    /// A draft creates a record that exists.
    case recordExists
    /// A draft changes a record that is not here.
    case unknownRecord
    /// A draft or an act exceeds a bound of the protocol.
    case tooLarge
    /// There is no such journal entry, or it is not its turn.
    case unknownEntry
    /// A change does not follow its actor's last one.
    case gap
    /// A change is not the one that its chain knows.
    case chainMismatch
    /// A change stands on changes that are not here.
    case notReady
    /// There is a ledger already where one was to begin.
    case ledgerExists
    /// An entry of the ledger is not what was written.
    case ledgerDamaged
    /// The ledger is another tenant's, or does not go on where the database ends.
    case ledgerForeign
    /// The ledger lacks entries that the database knows: it is an older copy.
    case ledgerBehind
    /// A newer version wrote into the ledger what this one cannot carry out.
    case ledgerNewer
    /// The ledger has changes of what governs whose keys are not here, and were not destroyed: the key
    /// database is an older copy.
    case ledgerKeyMissing
    /// The passphrase is not the right one.
    case wrongPassphrase
    /// The recovery code is not one, or not this device's.
    case wrongRecoveryCode
    /// What is stored is sealed under a key that is not here: the key file is another device's or an older
    /// copy.
    case foreignKey
    /// There is a key database already where one was to be made.
    case keysExist
    /// The key database, or the key that opens it, is not where it should be.
    case keysMissing
    /// The key database is another tenant's.
    case keysForeign
    /// The key database lacks the key of a record, and does not say that it was destroyed: it is an older
    /// copy.
    case keyMissing
    /// The kernel does not keep keys for this process.
    case noKeyring
    /// Others than the owner may read the file.
    case tooOpen
  }

  /// What went wrong.
  public let code: Code
  /// The record that it is about.
  public let record: Identifier?
  /// The change that it is about.
  public let change: ChangeID?
  /// SQLite's extended result code or the system's error number; 0 for neither.
  public let systemCode: Int32

  /// Makes an error.
  public init(_ code: Code, record: Identifier? = nil, change: ChangeID? = nil, systemCode: Int32 = 0) {
    self.code = code
    self.record = record
    self.change = change
    self.systemCode = systemCode
  }

  public var description: String {
    var text = code.rawValue
    if let record { text += " record \(record)" }
    if let change { text += " change \(change.actor)/\(change.number)" }
    if systemCode != 0 { text += " (\(systemCode))" }
    return text
  }
}

extension StorageError {
  /// Whether what is stored may be whole, and cannot be opened for want of a key.
  var isOfKeys: Bool { [.erased, .keyMissing, .foreignKey, .keysMissing].contains(code) }

  /// Translates what the database says.
  init(_ error: DatabaseError) {
    let code: Code =
      switch error.resultCode {
      // The log's index is a file in shared memory: what it lacks is space, and nothing is lost by it.
      case _ where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: .diskFull
      case .SQLITE_FULL: .diskFull
      case .SQLITE_IOERR: .inputOutput
      case .SQLITE_CORRUPT: .damaged
      case .SQLITE_NOTADB: .foreignFile
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .notAccessible
      case .SQLITE_CONSTRAINT: .inconsistent
      default: .database
      }
    self.init(code, systemCode: error.extendedResultCode.rawValue)
  }

  /// Runs `body`; a storage error that names no record is about this one.
  static func naming<Result>(_ record: Identifier?, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError where error.record == nil {
      throw StorageError(error.code, record: record, change: error.change, systemCode: error.systemCode)
    }
  }

  /// Runs `body`; whatever it throws comes out as a storage error. Stored bytes that do not decode are
  /// damaged.
  static func translating<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StorageError(error)
    } catch is ProtocolError {
      throw StorageError(.damaged)
    }
  }
}
