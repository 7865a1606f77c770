import CRDT
import CaseModel
import GRDB
import Replication
import WireProtocol

/// What this replica knows of who may read single records: each change says so of its record, so that nothing
/// is shown to more than its author had seen (decision 0052).
extension ReplicaStore {
  /// What is known of who may read a record, as a change of it says.
  ///
  /// - Complexity: One look into an index that is empty in most replicas.
  func audienceSeen(of target: Identifier, _ db: Database) throws -> [AudienceVersion] {
    try db.all(
      "SELECT record, version FROM audience WHERE target = ? ORDER BY record LIMIT ?",
      [.blob(target), .integer(Limits.audienceVersions)]
    ) { row in
      AudienceVersion(record: try row.identifier(0), version: try Self.version(try row.blob(1)))
    }
  }

  /// Notes of a record that is about to be stored what it says of who may read others.
  func noteAudience(by replica: Replica, _ db: Database) throws {
    guard let facts = replica.facts, replica.exit == nil else { return }
    let kind = RecordKind(rawValue: facts.kind)
    guard kind == .release || kind == .reclassification, let record = replica.caseRecord(try meta(db)) else {
      return
    }
    let targets = Set(record.audienceTargets)
    let known = try db.all("SELECT target FROM audience WHERE record = ?", [.blob(record.id)]) {
      try $0.identifier(0)
    }
    for target in known where !targets.contains(target) {
      try db.run(
        "DELETE FROM audience WHERE target = ? AND record = ?", [.blob(target), .blob(record.id)])
    }
    let seen = AudienceVersion(record: record.id, version: record.state.version)
    for target in targets { try note(seen, of: target, db) }
  }

  /// Notes what the server said with what is held.
  func note(_ audiences: [RecordAudience], _ db: Database) throws {
    for audience in audiences {
      for seen in audience.versions { try note(seen, of: audience.record, db) }
    }
  }

  /// Forgets what a record that is wiped said of others, and what was said of it.
  func forgetAudiences(of record: Identifier, _ db: Database) throws {
    try db.run("DELETE FROM audience WHERE target = ?1 OR record = ?1", [.blob(record)])
  }

  private func note(_ seen: AudienceVersion, of target: Identifier, _ db: Database) throws {
    var version = seen.version
    let known = try db.first(
      "SELECT version FROM audience WHERE target = ? AND record = ?", [.blob(target), .blob(seen.record)]
    ) { try Self.version(try $0.blob(0)) }
    if let known {
      version.merge(known)
      if version == known { return }
    }
    try db.run(
      "INSERT OR REPLACE INTO audience (target, record, version) VALUES (?, ?, ?)",
      [.blob(target), .blob(seen.record), .blob(Self.bytes(version))])
  }

  private static func bytes(_ version: VersionVector) -> [UInt8] {
    version.entries.flatMap { entry in
      [entry.actor.rawValue, entry.number].flatMap { number in
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
      }
    }
  }

  private static func version(_ bytes: [UInt8]) throws -> VersionVector {
    guard bytes.count.isMultiple(of: 16) else { throw StorageError(.damaged) }
    func number(_ start: Int) -> UInt64 { bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    let entries = stride(from: 0, to: bytes.count, by: 16).map {
      ChangeID(actor: ActorID(rawValue: number($0)), number: number($0 + 8))
    }
    guard let version = VersionVector(sorted: entries), !version.isEmpty else { throw StorageError(.damaged) }
    return version
  }
}
