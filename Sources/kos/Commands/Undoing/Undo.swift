import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Takes the user's last act back by a new change.
struct Undo: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Tag det seneste, du skrev, tilbage; det bliver stående i historien.",
      "Take back what you wrote last; it stays in the history."
    ).said)

  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  /// How long the history is waited for.
  private static let patience = Duration.seconds(20)

  func work(_ session: Session) async throws {
    let output = session.output
    guard
      let act = try await session.replica.lastAct(passphrase: session.passphrase, timeout: Self.patience)
    else {
      return output.line(output.say(.nothingToUndo))
    }
    try session.open(act.parts.map(\.record))
    var drafts: [RecordDraft] = []
    for part in act.parts { drafts.append(try draft(part, session)) }
    let kinds = drafts.map { session.kind($0.kind) }.joined(separator: ", ")
    if dryRun { output.line(output.say(.wouldUndo, Clock.text(act.writtenAt))) }
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
    try await session.save(drafts, write, output.say(.undone, kinds), members)
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
    session.output.line(
      "  \(session.kind(record.kind)) \(session.short(record.id))  \(field.name): \(change)")
  }
}
