import CRDT
import CaseModel
import SyncClient

/// Moving cases.
extension Session {
  /// Whether a case is proposed to move, or has moved. That it came here by a move is behind it.
  func isMoving(_ file: CaseFile) -> Bool {
    file.all(.transfer).contains { transfer in
      let isOurs = transfer.origin.map { $0 == replica.profile.tenant } ?? true
      return isOurs && transfer.state.elements(Field.Transfer.ended.id).isEmpty
    }
  }

  /// Whether a case was at another tenant before: people there made some of its records.
  func was(_ file: CaseFile, at other: OtherTenant) -> Bool {
    file.records.values.joined().contains { $0.origin == other.id }
  }

  /// Saves governing records of several cases, each an act of its own, and says so once.
  func save(
    each drafts: [RecordDraft], _ options: WriteOptions, _ done: String, _ members: [(String, JSON)]
  ) async throws {
    let act = try write(drafts.map { [$0] })
    let delivery = try await deliver(act, offline: options.offline)
    try say(delivery, done, members)
    if case .queued = delivery { output.line(output.say(.proposalOnly)) }
  }
}
