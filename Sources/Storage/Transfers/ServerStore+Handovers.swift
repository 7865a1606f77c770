import CRDT
import GRDB
import Replication
import WireProtocol

/// What other tenants signed when they handed cases over: it goes along when these go on.
extension ServerStore {
  /// All of it, in the order of its digests.
  func handovers() throws -> [Handover] {
    let kept = try StorageError.translating {
      try database.inDatabase { db in
        try Self.makeHandovers(db)
        return try db.all("SELECT content FROM handover ORDER BY digest", []) { try $0.blob(0) }
      }
    }
    do {
      return try kept.map { try Handover(encoded: $0) }
    } catch {
      throw StorageError(.damaged)
    }
  }

  /// Keeps what is not here yet.
  func keep(_ handovers: [Handover]) throws {
    try StorageError.translating {
      try database.inDatabase { db in
        try db.transaction(.immediate) {
          try Self.makeHandovers(db)
          for handover in handovers {
            try db.run(
              "INSERT OR IGNORE INTO handover (digest, content) VALUES (?, ?)",
              [.blob(Digest(hashing: handover.encoded)), .blob(handover.encoded)])
          }
        }
      }
    }
  }

  /// A store from before cases went on has no table for it.
  private static func makeHandovers(_ db: Database) throws {
    try db.run(
      "CREATE TABLE IF NOT EXISTS handover (digest BLOB PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID")
  }
}

extension TransferSummary {
  /// Notes by whom cases came here, each tenant once.
  mutating func note(_ handovers: [Handover]) {
    var cards: [Identifier: TenantCard] = [:]
    for handover in handovers { cards[handover.sender.tenant] = handover.sender }
    through = cards.sorted { $0.key < $1.key }.map(\.value)
  }
}
