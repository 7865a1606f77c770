import CRDT
public import WireProtocol

/// A row of a log as the server has it, for somebody who reads all of it.
public struct AuditRow: Hashable, Sendable {
  /// The row, with all that can still be told of it; `nil` when it is gone or cannot be read.
  public let row: LogRow?
  /// The hash of its leaf as the tree has it; `nil` when that is gone.
  public let leaf: Digest?

  /// Describes a row.
  public init(row: LogRow?, leaf: Digest?) {
    self.row = row
    self.leaf = leaf
  }
}

extension WireLoggedRow {
  /// A row for a peer.
  init(_ row: AuditRow) {
    self.init()
    if let told = row.row { self.row = .init(told.encoded) }
    if let leaf = row.leaf { self.leaf = .init(leaf.bytes) }
  }

  /// About how many bytes it takes in a message.
  var byteCount: Int { row.count + leaf.count + 8 }
}
