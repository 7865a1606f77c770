import GRDB
import WireProtocol

/// The tree of a log of knowing as its database has it, for proofs.
struct KnowingTree: MerkleHashSource {
  let log: Int64
  let size: UInt64
  private let db: Database

  init(log: Int64, _ db: Database) throws {
    self.log = log
    self.db = db
    let last = try db.first(
      "SELECT place FROM knowing_row WHERE log = ? ORDER BY place DESC LIMIT 1", [.integer(log)]
    ) { try $0.unsigned(0) }
    size = last.map { $0 + 1 } ?? 0
  }

  /// - Throws: `damaged` when a node is not there.
  func hashes(of nodes: [MerkleNode]) throws -> [Digest] {
    try nodes.map { node in
      let found =
        node.level == 0
        ? try db.first(
          "SELECT leaf FROM knowing_row WHERE log = ? AND place = ?", [.integer(log), .bits(node.index)]
        ) { try $0.digest(0) }
        : try db.first(
          "SELECT hash FROM knowing_node WHERE log = ? AND level = ? AND position = ?",
          [.integer(log), .integer(Int64(node.level)), .bits(node.index)]
        ) { try $0.digest(0) }
      guard let found else { throw StorageError(.damaged) }
      return found
    }
  }
}
