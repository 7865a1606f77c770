import CRDT
import WireProtocol

/// The changes of one group by record, in the form in which they are passed on.
public struct RecentChanges: Sendable {
  /// Those of one record, in order of position.
  private struct Run: Sendable {
    var positions: [UInt64] = []
    var changes: [DeliveredChange] = []
  }

  private let after: UInt64
  private let runs: [Identifier: Run]

  /// Knows nothing.
  public init() {
    after = .max
    runs = [:]
  }

  /// Knows all changes of a group.
  public init(_ group: CommitGroup) {
    after = (group.changes.first?.position ?? .max) - 1
    var runs: [Identifier: Run] = [:]
    for change in group.changes {
      let record = change.change.header.record
      runs[record, default: Run()].positions.append(change.position)
      runs[record, default: Run()].changes.append(change.delivered)
    }
    self.runs = runs
  }

  /// The changes of a record after a position; `nil` when there may be older ones that are not known here.
  func changes(of record: Identifier, after position: UInt64) -> [DeliveredChange]? {
    guard position >= after else { return nil }
    guard let run = runs[record], let first = run.positions.first else { return [] }
    if position < first { return run.changes }
    return Array(run.changes[(run.positions.firstIndex { $0 > position } ?? run.positions.endIndex)...])
  }
}
