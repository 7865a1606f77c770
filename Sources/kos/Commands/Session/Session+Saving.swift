import ArgumentParser
import CRDT
import CaseModel
import SyncClient

extension Session {
  /// How long a command waits for the server after it saved.
  static let patience = Duration.seconds(2)

  /// Saves one act, tries to send it, and says so at the end.
  ///
  /// - Parameters:
  ///   - drafts: what the act writes; one entry.
  ///   - done: what happened, for people.
  ///   - members: what happened, for programs.
  func save(
    _ drafts: [RecordDraft], _ options: WriteOptions, _ done: String, _ members: [(String, JSON)]
  ) async throws {
    try await save(entries: [drafts], options, done, members)
  }

  /// Saves an act that is too large for one entry, each of which has its own verdict.
  func save(
    entries: [[RecordDraft]], _ options: WriteOptions, _ done: String, _ members: [(String, JSON)]
  ) async throws {
    // A leader whom the server's machine made stands in the register only by her own word.
    let act = try write((replica.profile.role == .leader ? introduction() : []) + entries)
    let delivery = try await deliver(act, offline: options.offline)
    try say(delivery, done, members)
    if case .queued = delivery, entries.joined().contains(where: \.kind.isGoverned) {
      output.line(output.say(.proposalOnly))
    }
  }

  /// Writes entries; they are durable when this returns.
  func write(_ entries: [[RecordDraft]]) throws -> WrittenAct {
    try check(entries)
    let hidden = entries.joined().flatMap(\.operations).reduce(0) { $0 + $1.action.neverShownCount }
    if hidden > 0 { output.notice(output.say(.neverShown, String(hidden))) }
    let before = try replica.status()
    if !entries.isEmpty { try replica.write(entries) }
    return WrittenAct(records: Set(entries.joined().map(\.id)), standing: before)
  }

  /// Refuses what cannot be written.
  func check(_ entries: [[RecordDraft]]) throws {
    guard entries.allSatisfy({ $0.count <= entryDraftsMax }) else { throw Failure(.usage, .tooMany) }
    for draft in entries.joined() {
      do { try draft.check() } catch { throw failure(error) }
    }
  }

  /// Says what a draft cannot mean, and what it could.
  private func failure(_ fault: RecordDraft.Fault) -> Failure {
    switch fault {
    case .blank(let field): Failure(.usage, .blankField, output.field(field.name))
    case .noSuchCode(let code, let field):
      Failure(.usage, .noSuchCode, code, output.field(field.name), field.codes.joined(separator: ", "))
    }
  }

  /// Sends what was saved, as far as the server can be reached within the patience.
  func deliver(
    _ act: WrittenAct, offline: Bool, timeout: Duration = Session.patience
  ) async throws -> Delivery {
    if offline { return .queued(nil) }
    let outcome: SyncOutcome
    do {
      // Files may take long; this act does not wait for them.
      outcome = try await replica.sync(passphrase: passphrase, timeout: timeout, attachments: false)
    } catch let failure as Failure where failure.exit == .locked {
      return .queued(failure)
    } catch let error as ReplicaError {
      let failure = Failure(error)
      guard failure.exit == .locked || failure.exit == .offline else { throw failure }
      return .queued(failure)
    }
    let standing = try replica.status()
    let refused = standing.refused.first { work in
      act.records.contains(work.record) && !act.refusedBefore.contains(work.refusal)
    }
    if let refused { return .refused(refused.code) }
    let isQuarantined = standing.quarantined.contains { work in
      act.records.contains(work.record) && !act.quarantinedBefore.contains(work.refusal)
    }
    if isQuarantined { return .quarantined }
    let isHeld = standing.held.contains { work in
      act.records.contains(work.record) && !act.heldBefore.contains(work.refusal)
    }
    if isHeld { return .held }
    if case .refused(let code) = outcome { return .refused(code) }
    // What is beside the changes may still be under way: files, and rows of what was opened.
    if case .offline(let reason) = outcome {
      let waits = try act.records.contains(where: replica.isPending)
      return waits ? .queued(Failure(.offline, .offline, reason)) : .sent
    }
    return try act.records.contains(where: replica.isPending) ? .queued(nil) : .sent
  }

  /// Says what became of an act: one object for programs, two lines for people.
  func say(_ delivery: Delivery, _ done: String, _ members: [(String, JSON)]) throws {
    let unsent = try replica.unsent()
    output.object(
      members + [("saved", true), ("delivery", .string(delivery.name))] + delivery.members + [
        ("unsent", .integer(Int64(unsent.entries))), ("unsent_since", JSON(unsent.since)),
      ])
    if case .refused(let code) = delivery { throw Failure(.refused, .refused, code) }
    if case .held = delivery { return output.line(output.say(.saved) + " " + output.say(.savedHeld)) }
    output.line(done)
    switch delivery {
    case .sent: output.line(output.say(.saved) + " " + output.say(.sent))
    case .queued(let failure):
      output.line(output.say(.saved) + " " + output.say(.queued))
      if let failure { output.notice(output.text(failure)) }
    case .quarantined: output.line(output.say(.saved) + " " + output.say(.savedInQuarantine))
    case .held, .refused: break
    }
    tell(unsent)
    tell(try replica.attachmentBacklog())
  }

  /// Says what is still unsent, where that is more than what was just written.
  func tell(_ unsent: Unsent) {
    guard unsent.entries > 1, let since = unsent.since else { return }
    output.line(output.say(.unsent, String(unsent.entries), Clock.text(since)))
  }
}

extension Operation.Action {
  /// How many characters of the text that the action writes steer a terminal, and so are never shown.
  fileprivate var neverShownCount: Int {
    switch self {
    case .assign(.text(let text)), .decide(.text(let text)), .add(.text(let text)): text.neverShownCount
    case .edit(let edit): edit.text.neverShownCount
    case .assign, .add, .decide, .remove, .rank, .unknown: 0
    }
  }
}
