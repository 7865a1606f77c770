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
  func author(of operation: LiveOperation, _ history: [HistoryLine]) -> String {
    let context = operation.context
    let author = context.origin?.author ?? context.author
    if author == replica.profile.account { return replica.profile.personName.shown }
    let at = context.origin?.writtenAt ?? context.writtenAt
    let line = history.first { $0.writtenAt == at && $0.receivedAt == context.receivedAt }
    return (line ?? history.first { $0.writtenAt == at })?.author.shown ?? output.say(.unknownPerson)
  }
}
