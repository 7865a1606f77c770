import CRDT
import FoundationEssentials

/// Where the keys of a tenant's records are, and what they are drawn from.
public struct RecordKeyOptions: Sendable {
  /// Gives so many bytes for the key of a number, 0 for the first wrapping key.
  public typealias Draw = @Sendable (_ number: Int64, _ byteCount: Int) -> [UInt8]

  /// The key database's file; `nil` for the one beside the tenant's folder.
  public var path: String?
  let salt: @Sendable () -> StoreSeal.Salt
  let draw: Draw
  /// When an entry of the ledger is written, in milliseconds since 1970.
  let time: @Sendable () -> Int64
  /// Tests look for what they then must find.
  var format = SealedValue.Format.sealed

  /// Describes where keys are.
  ///
  /// - Parameters:
  ///   - salt: draws the salt of what is sealed; the system's generator does without.
  ///   - draw: draws keys; the system's generator does without. It must give bytes that nobody can guess.
  ///   - time: what the ledger's entries are dated by, in milliseconds since 1970; the system's clock does
  ///     without.
  public init(
    path: String? = nil, salt: @escaping @Sendable () -> StoreSeal.Salt = StoreSeal.randomSalt,
    draw: @escaping Draw = RecordKeyOptions.random,
    time: @escaping @Sendable () -> Int64 = RecordKeyOptions.systemTime
  ) {
    self.path = path
    self.salt = salt
    self.draw = draw
    self.time = time
  }

  /// The system's clock, in milliseconds since 1970.
  public static let systemTime: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }

  /// Sixteen bytes of the generator of salts: the salt of a part of a log's row, or the name of a log.
  func drawIdentifier() -> Identifier { Identifier(high: salt().high, low: salt().high) }

  /// Bytes of the system's generator.
  public static let random: Draw = { _, byteCount in
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    while bytes.count < byteCount {
      let drawn: UInt64 = generator.next()
      withUnsafeBytes(of: drawn.bigEndian) { bytes += $0 }
    }
    return Array(bytes.prefix(byteCount))
  }
}

/// The files of a key database.
struct KeyPaths: Sendable {
  let database: String
  /// What the keys in the database are wrapped with.
  var wrapping: String { database + ".wrapping" }
  /// Held for each transaction, checkpoint, open and close.
  var lock: String { database + ".lock" }
  /// Held by the one store that gives keys to records.
  var owner: String { database + ".owner" }
  /// Where a backup copies the database to before it seals it.
  var backupCopy: String { database + ".backup-copy" }

  init(_ database: String) { self.database = database }
}
