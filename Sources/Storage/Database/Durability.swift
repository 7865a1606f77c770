/// When the disk has what a transaction wrote. A process that dies loses nothing either way; this is about a
/// machine that loses its power.
public enum Durability: Sendable {
  /// Before the transaction returns.
  case atCommit
  /// With the next one that is durable at its commit, or at `flush`: for what the server would send again.
  case later

  /// What sets SQLite to it.
  var statement: String {
    switch self {
    case .atCommit: "PRAGMA synchronous = FULL"
    case .later: "PRAGMA synchronous = NORMAL"
    }
  }
}
