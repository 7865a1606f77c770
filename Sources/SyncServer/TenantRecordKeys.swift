import CaseModel
import Storage

/// The keys of a tenant's records, for whoever runs the server: their backups, and the key that wraps them.
public enum TenantRecordKeys {
  /// What a backup of keys holds.
  public struct Report: Sendable {
    private let summary: KeyBackup.Summary

    fileprivate init(_ summary: KeyBackup.Summary) { self.summary = summary }

    /// What people are told.
    ///
    /// - Parameter what: what it is about.
    public func text(of what: String) -> String {
      """
      \(what): \(summary.keys) keys, each opened; the keys of \(summary.destroyed) records were destroyed; \
      \(summary.fileBytes) bytes. Remove the backup within \(summary.keptDays) days: what is erased can be \
      opened with it.
      """
    }

    /// What programs are told.
    public var json: String {
      #"{"created_at":\#(summary.createdAt),"keys":\#(summary.keys),"destroyed":\#(summary.destroyed),"#
        + #""file_bytes":\#(summary.fileBytes),"kept_days":\#(summary.keptDays)}"#
    }
  }

  /// The most days for which a backup may be meant to be kept.
  public static let keptDaysMax = KeyBackup.keptDaysMax

  /// Backs the keys up while the tenant is served, or not.
  ///
  /// - Parameter keyFile: a file that its owner alone may read; its text is what the backup is sealed with.
  /// - Throws: `StartFailure`.
  public static func backUp(
    of directory: String, keys: String?, to file: String, keyFile: String, keptDays: Int
  ) throws -> Report {
    let passphrase = try TenantBackup.passphrase(keyFile)
    return try translating(file, directory) {
      Report(
        try KeyBackup.make(
          of: directory, keys: keys, to: file, passphrase: passphrase, keptDays: keptDays,
          at: SystemSource.now))
    }
  }

  /// Restores a backup of keys into a place where there are none.
  ///
  /// - Throws: `StartFailure`.
  public static func restore(
    from file: String, to directory: String, keys: String?, keyFile: String
  ) throws -> Report {
    let passphrase = try TenantBackup.passphrase(keyFile)
    return try translating(file, directory) {
      Report(
        try KeyBackup.restore(
          from: file, to: directory, keys: keys, passphrase: passphrase, at: SystemSource.now))
    }
  }

  /// A record that was erased.
  public struct Erased: Sendable {
    private let one: KeyBackup.DestroyedKey

    fileprivate init(_ one: KeyBackup.DestroyedKey) { self.one = one }

    /// What people are told.
    public var text: String {
      "\(one.record)  erased \(Self.day(one.destroyedAt))  "
        + (one.lastCopyGoneAt > one.destroyedAt
          ? "a backup of its key may be kept until \(Self.day(one.lastCopyGoneAt))"
          : "no backup has its key")
    }

    private static func day(_ milliseconds: Int64) -> String {
      let day = try? CalendarDay(dayNumber: milliseconds / 86_400_000)
      return day.map { "\($0)" } ?? "\(milliseconds)"
    }

    /// What programs are told.
    public var json: String {
      #"{"record":"\#(one.record)","destroyed_at":\#(one.destroyedAt),"#
        + #""last_copy_gone_at":\#(one.lastCopyGoneAt)}"#
    }
  }

  /// Which records were erased, the latest first, while the tenant is served, or not.
  ///
  /// - Throws: `StartFailure`.
  public static func erased(in directory: String, keys: String?) throws -> [Erased] {
    try StartFailure.translating(directory) {
      try KeyBackup.destroyedKeys(in: directory, keys: keys).map(Erased.init)
    }
  }

  /// Wraps every key anew with a new wrapping key, while the tenant is served, or not.
  ///
  /// - Returns: how many there are.
  /// - Throws: `StartFailure`.
  public static func rotate(in directory: String, keys: String?) throws -> Int {
    try StartFailure.translating(directory) { try KeyRotation.run(in: directory, keys: keys) }
  }

  private static func translating<Result>(
    _ file: String, _ directory: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      switch error.code {
      case .exists: throw StartFailure("There is something at \(file) already. Nothing was changed.")
      case .missing: throw StartFailure("There is no \(file).")
      case .foreignFile: throw StartFailure("\(file) is no backup of keys, or the key database is none.")
      case .wrongPassphrase: throw StartFailure("The key file is not the one that \(file) was sealed with.")
      case .damaged: throw StartFailure("What was read is damaged (\(error)). Nothing was changed.")
      case .diskFull: throw StartFailure("The disk is full. Nothing was left behind.")
      default: throw StartFailure(error, directory: directory)
      }
    }
  }
}
