import CRDT
import CaseModel

/// Moving cases.
extension Session {
  /// Whether a case is proposed to move, or has moved.
  func isMoving(_ file: CaseFile) -> Bool {
    file.all(.transfer).contains { $0.state.elements(Field.Transfer.ended.id).isEmpty }
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
