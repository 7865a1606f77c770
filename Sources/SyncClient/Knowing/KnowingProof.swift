import Replication
import WireProtocol

/// Shows that a row stands in a log that the tenant signed, to anybody who has a checkpoint of that size.
public struct KnowingProof: Hashable, Sendable {
  /// Which log.
  public let log: LogSummary.Name
  /// The row's place, from 0.
  public let index: UInt64
  /// How many rows the checkpoint has that it holds against.
  public let size: UInt64
  /// The hashes on the way up the tree, the lowest first, 32 bytes each, one behind the other.
  public let path: [UInt8]
  private let told: LogRow

  init(_ told: KnowingInquiry.Row) {
    log = told.kind == .delivered ? .delivered : .opened
    index = told.proof.index
    size = told.proof.size
    path = told.proof.path.flatMap(\.bytes)
    self.told = told.row
  }

  /// The encoded row (`Protocol/knowing.md`, section 2), with or without who it was.
  public func row(naming isNamed: Bool) -> [UInt8] { (isNamed ? told : told.blindingAgent()).encoded }
}
