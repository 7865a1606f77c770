import CRDT
import Replication
import WireProtocol

/// A log of knowing in memory, of which somebody may make a second one.
struct LogModel: MerkleHashSource {
  let kind: LogKind
  let tenant: Identifier
  let key: SigningKey
  var id = Identifier(high: 2, low: 2)
  /// The rows; `nil` for one that is gone.
  var rows: [LogRow?] = []
  /// The leaves as the tree has them.
  var leaves: [Digest] = []
  /// What was signed, the oldest first.
  var signed: [SignedCheckpoint] = []

  init(_ kind: LogKind, tenant: Identifier, key: SigningKey) {
    (self.kind, self.tenant, self.key) = (kind, tenant, key)
  }

  var size: UInt64 { UInt64(leaves.count) }

  /// A row that says that somebody opened a record.
  static func row(_ number: UInt64) -> LogRow {
    let agent = LogAgent(
      person: Identifier(high: 3, low: number), account: Identifier(high: 4, low: number),
      device: ActorID(rawValue: number))
    let event = OpenedEvent(
      record: Identifier(high: 5, low: number), openedAt: Int64(number), purpose: "coordination")
    return LogRow(
      recordedAt: Int64(number), agent: agent, opened: event,
      salts: (Identifier(high: 6, low: number), Identifier(high: 7, low: number)))
  }

  mutating func append(_ row: LogRow) {
    rows.append(row)
    leaves.append(row.leafHash(in: kind))
  }

  mutating func grow(to count: Int, telling word: UInt64 = 0) {
    while rows.count < count { append(Self.row(word << 32 | UInt64(rows.count))) }
  }

  mutating func sign() {
    var frontier = MerkleFrontier()
    for leaf in leaves { frontier.append(leaf) }
    signed.append(
      key.sign(
        LogCheckpoint(
          tenant: tenant, kind: kind, log: id, size: frontier.size, root: frontier.root,
          signedAt: 1_000_000 + Int64(signed.count))))
  }

  func hashes(of nodes: [MerkleNode]) -> [Digest] {
    nodes.map { node in
      let count = 1 << Int(node.level)
      let start = Int(node.index) * count
      var frontier = MerkleFrontier()
      for leaf in leaves[start..<start + count] { frontier.append(leaf) }
      return frontier.root
    }
  }
}

/// The logs of knowing as this server has them.
extension TenantModel {
  func logCheckpoint(of kind: LogKind) -> SignedCheckpoint? { logs[kind]?.signed.last }

  func consistencyProof(
    of kind: LogKind, from first: UInt64, to second: UInt64
  ) throws -> ConsistencyProof {
    guard let log = logs[kind] else { throw MerkleTreeError.outOfRange }
    return try log.consistencyProof(from: first, to: second)
  }

  func rowsForAudit(of kind: LogKind, from first: UInt64, to end: UInt64) -> [AuditRow] {
    guard let log = logs[kind] else { return [] }
    return (Int(first)..<Int(end)).map { place in
      AuditRow(
        row: log.rows.indices.contains(place) ? log.rows[place] : nil,
        leaf: log.leaves.indices.contains(place) ? log.leaves[place] : nil)
    }
  }

  func logCheckpoints(
    of kind: LogKind, above size: UInt64, through last: UInt64, limit: Int
  ) -> [SignedCheckpoint] {
    let signed = (logs[kind]?.signed ?? []).filter {
      $0.checkpoint.size > size && $0.checkpoint.size <= last
    }
    return Array(signed.prefix(limit))
  }
}
