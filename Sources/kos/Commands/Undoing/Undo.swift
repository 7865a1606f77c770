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
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  /// How long the history is waited for.
  private static let patience = Duration.seconds(20)

  func work(_ session: Session) async throws {
    let output = session.output
    var log = UndoLog(home: session.replica.home)
    guard let act = try await act(log, session) else {
      return output.line(output.say(redo ? .nothingToRedo : .nothingToUndo))
    }
    try session.open(act.parts.map(\.record))
    var drafts: [RecordDraft] = []
    for part in act.parts { drafts.append(try draft(part, session)) }
    let kinds = drafts.map { session.kind($0.kind) }.joined(separator: ", ")
    if dryRun { output.line(output.say(redo ? .wouldRedo : .wouldUndo, Clock.text(act.writtenAt))) }
    let stock = try session.replica.stock()
    for (part, draft) in zip(act.parts, drafts) {
      for operation in draft.operations { tell(operation, part.record, session, stock) }
    }
    let members: [(String, JSON)] = [
      ("records", .array(act.parts.map { JSON($0.record.id) })),
      ("kinds", .array(drafts.map { .string($0.kind.definition?.name ?? "") })),
      ("written_at", .integer(act.writtenAt)), ("dry_run", .boolean(dryRun)),
    ]
    if dryRun { return output.object(members + [("saved", false)]) }
    try await session.save(drafts, write, output.say(redo ? .redone : .undone, kinds), members)
    guard let instant = try session.replica.lastWritten(to: Set(drafts.map(\.id))) else { return }
    if !redo {
      log.add(instant, over: act.writtenAt)
    } else if let line = log.redoable {
      log.redo(line, by: instant)
    }
    log.write(home: session.replica.home)
  }

  /// What is taken back: the last act that neither took one back nor was; to redo, the last that did.
  private func act(_ log: UndoLog, _ session: Session) async throws -> OwnAct? {
    let (replica, passphrase) = (session.replica, session.passphrase)
    guard redo else {
      return try await replica.lastAct(
        leavingOut: log.leftOut, passphrase: passphrase, timeout: Self.patience)
    }
    guard let line = log.redoable else { return nil }
    return try await replica.ownAct(
      at: line.undo, among: log.known, passphrase: passphrase, timeout: Self.patience)
  }

  private func draft(_ part: OwnAct.Part, _ session: Session) throws -> RecordDraft {
    guard let edits = part.edits else {
      throw Failure(.usage, .undoUnsent, session.kind(part.record.kind))
    }
    do throws(Reversal.Obstacle) {
      return try Reversal.draft(over: part.record, edits, isCreation: part.isCreation)
    } catch {
      let kind = session.kind(part.record.kind)
      switch error {
      case .governed: throw Failure(.usage, .undoGoverned, kind)
      case .sent: throw Failure(.usage, .undoSent, kind)
      case .writtenOn: throw Failure(.usage, .undoWrittenOn, kind)
      case .nothingLeft: throw Failure(.usage, .undoNothingLeft, kind)
      }
    }
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
}
