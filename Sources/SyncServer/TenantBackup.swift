import CRDT
import Storage

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Backups of a tenant, for whoever runs the server.
public enum TenantBackup {
  /// Makes a backup while the tenant is served, or not.
  ///
  /// - Parameters:
  ///   - keyFile: a file that its owner alone may read; its text is what the backup is sealed with.
  ///   - progress: told what is done: `copying`, `verifying`, `sealing`, `opening`, `done`.
  /// - Throws: `StartFailure`.
  public static func make(
    of directory: String, ledger: String? = nil, keys: String? = nil, to file: String, keyFile: String,
    progress: (String) -> Void
  ) throws -> BackupReport {
    let passphrase = try passphrase(keyFile)
    return try translating(file, directory) {
      BackupReport(
        try ServerBackup.make(
          of: directory, ledger: ledger, keys: keys, to: file, passphrase: passphrase,
          at: SystemSource.now, progress: { progress($0.rawValue) }))
    }
  }

  /// Restores a backup into an empty place, and begins a new epoch there.
  ///
  /// - Throws: `StartFailure`.
  public static func restore(
    from file: String, to directory: String, ledger: String? = nil, keys: String? = nil, keyFile: String,
    isDryRun: Bool, progress: (String) -> Void
  ) throws -> BackupReport {
    let passphrase = try passphrase(keyFile)
    return try translating(file, directory) {
      BackupReport(
        try ServerBackup.restore(
          from: file, to: directory, ledger: ledger, keys: keys, passphrase: passphrase,
          epoch: SystemSource.identifier(), isDryRun: isDryRun, progress: { progress($0.rawValue) }))
    }
  }

  /// Restores a backup into a folder of its own, opens it as a server would, and removes it again.
  ///
  /// - Parameters:
  ///   - file: the backup; `nil` for the newest that was made of the tenant.
  ///   - scratch: the folder to restore into; `nil` for one beside the tenant's.
  /// - Throws: `StartFailure`, when the backup could not be restored.
  public static func drill(
    of directory: String, ledger: String? = nil, keys: String? = nil, from file: String?, scratch: String?,
    keyFile: String, progress: (String) -> Void
  ) throws -> DrillReport {
    let passphrase = try passphrase(keyFile)
    let start = ContinuousClock.now
    let backup: String
    if let file {
      backup = file
    } else {
      do {
        backup = try ServerBackup.newest(of: directory)
      } catch {
        throw StartFailure("No backup of the tenant in \(directory) is known. Name one with --from.")
      }
    }
    var name = directory[...]
    while name.count > 1, name.last == "/" { name.removeLast() }
    let place = scratch ?? name + ".drill"
    return try translating(backup, place) {
      let summary = try ServerBackup.drill(
        from: backup, in: place, ledger: ledger ?? name + ".ledger", keys: keys ?? name + ".keys",
        passphrase: passphrase, epoch: SystemSource.identifier(), progress: { progress($0.rawValue) })
      return DrillReport(
        BackupReport(summary), file: backup, createdAt: summary.createdAt, took: ContinuousClock.now - start,
        now: SystemSource.now)
    }
  }

  static func passphrase(_ file: String) throws -> String {
    do {
      return try BackupKeyFile.read(file)
    } catch let error as StorageError {
      switch error.code {
      case .missing:
        throw StartFailure(
          """
          There is no key file \(file). Make one, and keep a copy apart from the backups: \
          (umask 077; head -c 32 /dev/urandom | base64 > \(file))
          """)
      case .tooOpen:
        throw StartFailure("Others than its owner may read the key file \(file). Give it mode 600.")
      case .damaged:
        throw StartFailure("The key file \(file) holds fewer than 16 characters, or bytes that are no text.")
      default: throw StartFailure("The key file \(file) cannot be read (\(error)).")
      }
    }
  }

  private static func translating<Result>(
    _ file: String, _ directory: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      switch error.code {
      case .exists:
        throw StartFailure("There is something at \(file) or in \(directory) already. Nothing was changed.")
      case .missing: throw StartFailure("There is no \(file), or no tenant in \(directory).")
      case .foreignFile: throw StartFailure("\(file) is no backup of a tenant, or the tenant is none.")
      case .wrongPassphrase: throw StartFailure("The key file is not the one that \(file) was sealed with.")
      case .damaged:
        throw StartFailure("What was read is damaged (\(error)): no backup was made, and none restored.")
      case .diskFull: throw StartFailure("The disk is full. Nothing was left behind.")
      default: throw StartFailure(error, directory: directory)
      }
    }
  }
}
