import CRDT
import WireProtocol

/// The changes of one group by record, encoded once for all to whom they are passed on.
public struct RecentChanges: Sendable {
  /// Those of one record, in order of position.
  private struct Run: Sendable {
    let positions: [UInt64]
    let packed: PackedRun
  }

  private let after: UInt64
  private let runs: [Identifier: Run]

  /// Knows nothing.
  public init() {
    after = .max
    runs = [:]
  }

  /// Knows all changes of a group.
  ///
  /// - Parameter epoch: that of the sessions to which they are passed on.
  init(_ group: CommitGroup, epoch: Identifier) {
    after = (group.changes.first?.position ?? .max) - 1
    var changes: [Identifier: [JudgedChange]] = [:]
    for change in group.changes { changes[change.change.header.record, default: []].append(change) }
    runs = changes.mapValues {
      Run(positions: $0.map(\.position), packed: PackedRun($0.map(\.delivered), epoch: epoch))
    }
  }

  /// The changes of a record after a position, from one of a run on; `nil` when there may be older ones that
  /// are not known here.
  func run(of record: Identifier, after position: UInt64) -> (changes: PackedRun, first: Int)? {
    guard position >= after else { return nil }
    guard let run = runs[record] else { return (PackedRun([], epoch: nil), 0) }
    return (run.packed, run.positions.firstIndex { $0 > position } ?? run.positions.endIndex)
  }
}
