import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Takes the user's last act back by a new change.
struct Undo: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Tag det seneste, du skrev, tilbage, og én gang til det før det; det bliver stående i historien.",
      "Take back what you wrote last, and once more what you wrote before; it stays in the history."
    ).said)

  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @Flag(
    help: Phrase(
      "Lad det, der sidst blev taget tilbage, gælde igen.", "Have what was taken back last stand again."
    ).help())
  var redo = false
  @Flag(
    help: Phrase(
      "Gå forbi det, der ikke kan tages tilbage, til det før det.",
      "Pass over what cannot be taken back, to what came before it."
    ).help())
  var skip = false
  @Flag(
    help: Phrase(
      "Vis det seneste, du skrev, med numre, og hvad der kan tages tilbage.",
      "Show what you wrote last, with numbers, and what can be taken back."
    ).help())
  var list = false
  @Argument(
    help: Phrase("Nummeret i undo --list, ellers det seneste.", "The number in undo --list, else the last.")
      .help(valueName: "number"))
  var number: Int?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  /// How long the history is waited for.
  private static let patience = Duration.seconds(20)

  func work(_ session: Session) async throws {
    let output = session.output
    guard [redo, skip, list, number != nil].count(where: { $0 }) <= 1 else {
      throw Failure(.usage, .undoOneWay)
    }
    var log = UndoLog(home: session.replica.home)
    if list { return try await session.show(ownActs(log, session)) }
    guard let (act, drafts) = try await chosen(log, session) else {
      return output.line(output.say(redo ? .nothingToRedo : .nothingToUndo))
    }
    var told: Set<RecordKind> = []
    let kinds = drafts.filter { told.insert($0.kind).inserted }.map { draft in
      let count = drafts.count { $0.kind == draft.kind }
      return session.kind(draft.kind) + (count > 1 ? " × \(count)" : "")
    }.joined(separator: ", ")
    if dryRun { output.line(output.say(redo ? .wouldRedo : .wouldUndo, Clock.text(act.writtenAt))) }
    let stock = try session.replica.stock()
    for (part, draft) in zip(act.parts, drafts) {
      for operation in draft.operations { tell(operation, part.record, session, stock) }
      tellKept(part, besides: draft, session)
    }
    let members: [(String, JSON)] = [
      ("records", .array(act.parts.map { JSON($0.record.id) })),
      ("kinds", .array(drafts.map { .string($0.kind.definition?.name ?? "") })),
      ("written_at", .integer(act.writtenAt)), ("dry_run", .boolean(dryRun)),
    ]
    if dryRun { return output.object(members + [("saved", false)]) }
    // An act of many entries, such as an import, goes back in as many.
    let entries = drafts.count > entryDraftsMax ? RecordDraft.entries(of: drafts) : [drafts]
    try await session.save(entries: entries, write, output.say(redo ? .redone : .undone, kinds), members)
    guard let instant = try session.replica.lastWritten(to: Set(drafts.map(\.id))) else { return }
    if !redo {
      log.add(instant, over: act.writtenAt)
    } else if let line = log.redoable {
      log.redo(line, by: instant)
    }
    log.write(home: session.replica.home)
  }

  /// What is taken back, with the change that does it: the act of the number, or the last one that neither
  /// took one back nor was; to redo, the last that did.
  private func chosen(
    _ log: UndoLog, _ session: Session
  ) async throws -> (act: OwnAct, drafts: [RecordDraft])? {
    let (replica, passphrase) = (session.replica, session.passphrase)
    if redo {
      guard let line = log.redoable,
        let act = try await replica.ownAct(
          at: line.undo, among: log.known, passphrase: passphrase, timeout: Self.patience)
      else { return nil }
      return (act, try drafts(act, log, session))
    }
    let count = number == nil && !skip ? 1 : OwnActs.countMax
    var writings = try await replica.ownWritings(
      leavingOut: log.leftOut, upTo: count, isPartial: number != nil, passphrase: passphrase,
      timeout: Self.patience)
    if let number { writings = [try session.writing(number, in: writings)] }
    for writing in writings {
      do {
        // What can never be taken back need not be asked for.
        if let obstacle = Reversal.obstacle(of: writing.records) {
          throw try session.failure(obstacle, writing)
        }
        let act = try await replica.act(writing, passphrase: passphrase, timeout: Self.patience)
        return (act, try drafts(act, log, session))
      } catch let failure as Failure where skip && failure.exit == .usage {
        session.output.notice(session.output.say(.undoPassed, try session.described(writing)))
      }
    }
    return nil
  }

  private func ownActs(_ log: UndoLog, _ session: Session) async throws -> [OwnWriting] {
    try await session.replica.ownWritings(
      leavingOut: log.leftOut, upTo: OwnActs.countMax, isPartial: true, passphrase: session.passphrase,
      timeout: Self.patience)
  }

  private func drafts(_ act: OwnAct, _ log: UndoLog, _ session: Session) throws -> [RecordDraft] {
    // What was taken back to, or made to stand again, is what the user meant to stand.
    let acts = Reversal.Acts(of: session.replica.profile.account, at: log.known.union([act.writtenAt]))
    try session.open(act.parts.map(\.record))
    let writing = OwnWriting(writtenAt: act.writtenAt, records: act.parts.map(\.record))
    if !redo, try isStoodOn(act, session) { throw try session.failure(.named, writing) }
    return try act.parts.map { part in
      guard let edits = part.edits else {
        throw Failure(.usage, .undoUnsent, try session.described(writing))
      }
      do throws(Reversal.Obstacle) {
        return try Reversal.draft(over: part.record, edits, isCreation: part.isCreation, of: acts)
      } catch {
        throw try session.failure(error, writing, redo: redo)
      }
    }
  }

  /// Whether something names what the act created.
  private func isStoodOn(_ act: OwnAct, _ session: Session) throws -> Bool {
    let created = act.parts.filter(\.isCreation).map(\.record)
    let own = Set(created.map(\.id))
    let records = try session.replica.records()
    return created.contains { Reversal.isStoodOn($0, by: records, besides: own) }
  }

  /// One line for each thing that is taken back: what stands there, and what will.
  private func tell(
    _ operation: CRDT.Operation, _ record: CaseRecord, _ session: Session, _ stock: CaseStock
  ) {
    guard let field = record.kind.definition?.field(operation.field) else { return }
    func shown(_ value: Value?) -> String {
      value.map { session.text($0, of: field, stock).shown(upTo: 40) } ?? "–"
    }
    let change: String
    switch operation.action {
    case .assign(let value): change = "\(shown(record.value(field))) → \(shown(value))"
    case .remove(let value): change = "− \(shown(value))"
    case .add(let value): change = "+ \(shown(value))"
    default: change = "\(shown(record.value(field))) → …"
    }
    let named = "\(session.kind(record.kind)) \(session.short(record.id))"
    session.output.line("  \(named)  \(session.output.field(field.name)): \(change)")
  }

  /// One line for each field of which somebody has said something else since.
  private func tellKept(_ part: OwnAct.Part, besides draft: RecordDraft, _ session: Session) {
    let isGivenUp = part.isCreation && part.record.kind == .task
    let changed = Set(draft.operations.map(\.field))
    for edit in part.edits ?? [] where !isGivenUp && edit.before != edit.after {
      guard !changed.contains(edit.field), let field = part.record.kind.definition?.field(edit.field)
      else { continue }
      let named = "\(session.kind(part.record.kind)) \(session.short(part.record.id))"
      let kept = session.output.say(.undoLeft)
      session.output.line("  \(named)  \(session.output.field(field.name)): \(kept)")
    }
  }
}
