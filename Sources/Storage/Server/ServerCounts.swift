/// How much a server's store holds: counts and sizes, nothing of content.
public struct ServerCounts: Hashable, Sendable {
  /// How many records there are.
  public let records: Int
  /// How many changes there are, void ones included.
  public let changes: Int
  /// How many devices are enrolled.
  public let devices: Int
  /// How many accounts there are.
  public let accounts: Int
  /// The size of the database file, in bytes.
  public let databaseBytes: Int
  /// The size of the write-ahead log, in bytes.
  public let logBytes: Int
}
