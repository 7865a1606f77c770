import CRDT
import WireProtocol

/// The changes of one group by record.
public struct RecentChanges: Sendable {
  private let after: UInt64
  private let changes: [Identifier: [JudgedChange]]

  /// Knows nothing.
  public init() {
    after = .max
    changes = [:]
  }

  /// Knows all changes of a group.
  public init(_ group: CommitGroup) {
    after = (group.changes.first?.position ?? .max) - 1
    changes = Dictionary(grouping: group.changes) { $0.change.header.record }
  }

  /// The changes of a record after a position; `nil` when there may be older ones that are not known here.
  func changes(of record: Identifier, after position: UInt64) -> [DeliveredChange]? {
    guard position >= after else { return nil }
    return changes[record, default: []].filter { $0.position > position }.map(\.delivered)
  }
}
