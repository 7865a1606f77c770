import ArgumentParser
import CRDT
import CaseModel
import SyncClient

extension Session {
  /// The disagreements, in an order that stays while they stay.
  func conflicts() throws -> [RecordConflict] {
    let records = try replica.records().sorted { $0.id < $1.id }
    return RecordConflict.all(in: records).filter(\.isDisagreement)
  }

  /// Who wrote a value.
  func author(of operation: LiveOperation) throws -> String {
    try replica.name(of: operation.context.origin?.author ?? operation.context.author).shown
  }
}
