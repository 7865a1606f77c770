import CRDT
import GRDB
import Replication
import WireProtocol

/// In which tenant the chains of an actor start: here, or where the records came from that it wrote.
extension ServerStore {
  func home(of actor: ActorID) -> Identifier { homes[actor] ?? tenant.id }

  static func readHomes(_ db: Database) throws -> [ActorID: Identifier] {
    var homes: [ActorID: Identifier] = [:]
    try db.forEach("SELECT actor, tenant FROM foreign_actor", []) {
      homes[try $0.actor(0)] = try $0.identifier(1)
    }
    return homes
  }

  func write(home: Identifier, of actor: ActorID, _ db: Database) throws {
    try db.run(
      "INSERT OR IGNORE INTO foreign_actor (actor, tenant) VALUES (?, ?)", [.bits(actor), .blob(home)])
  }

  func writeHomes(_ group: CommitGroup, _ db: Database) throws {
    for case .arrived(let home, let actors) in group.ledger {
      for actor in actors { try write(home: home, of: actor, db) }
    }
  }

  /// The group is durable.
  func noteHomes(_ group: CommitGroup) {
    for case .arrived(let home, let actors) in group.ledger {
      for actor in actors where homes[actor] == nil { homes[actor] = home }
    }
  }
}
