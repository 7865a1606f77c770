import ArgumentParser
import CRDT
import CaseModel

/// Makes of a form the records of a visit, all or none (R61).
struct VisitLog: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: Phrase(
      "Notér et besøg ud fra en formular: kontakt, advarsel, mål, opgaver, notater.",
      "Record a visit from a form: contact, warning, goals, tasks, notes."
    ).said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase(
      "Formularen; - er standardinput. Se: kos visit template",
      "The form; - is the standard input. See: kos visit template"
    ).help(valueName: "file"))
  var fromFile: String
  @Flag(help: Phrase("Vis kun, hvad der ville blive gemt.", "Only show what would be saved.").help())
  var dryRun = false
  @Flag(
    help: Phrase(
      "Notér det, selv om den samme formular er noteret før.",
      "Record it although the same form was recorded before."
    ).help())
  var again = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let drafts = try drafts(in: file, session)
    for draft in drafts where draft.kind == .contact {
      if let day = session.preview(draft).happenedOn { _ = try session.pastDay(day, in: file) }
    }
    let records = drafts.map { draft -> JSON in
      .object([
        ("record", JSON(draft.id)), ("kind", .string(draft.kind.definition?.name ?? "")),
        ("day", JSON(session.preview(draft).happenedOn)),
      ])
    }
    let members: [(String, JSON)] = [
      ("case", JSON(session.reference(file.id))), ("case_id", JSON(file.id)), ("records", .array(records)),
    ]
    guard !dryRun else {
      session.output.object(members + [("saved", false)])
      for draft in drafts { session.output.line(try session.line(draft)) }
      return session.output.line(session.output.say(.nothingChanged))
    }
    if !again, let day = CaseWork.dayRecorded(drafts, in: file) {
      throw Failure(.usage, .visitRecordedBefore, day.description)
    }
    let reference = session.called(file.id)
    try await session.save(
      drafts, step.write, session.output.say(.visitRecorded, reference, String(drafts.count)), members)
  }

  private func drafts(in file: CaseFile, _ session: Session) throws -> [RecordDraft] {
    let bytes = try Descriptor.readFile(fromFile)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.usage, .notText, fromFile)
    }
    do {
      return try CaseWork.visit(
        try VisitForm(text), in: file.id, about: session.ownSubjects(in: file), goals: file.goals,
        by: session.me, on: session.day(step.on)
      ) { session.replica.newIdentifier() }
    } catch {
      throw Failure(error)
    }
  }
}

extension Session {
  /// A draft as a record, for showing it before it is saved.
  fileprivate func preview(_ draft: RecordDraft) -> CaseRecord {
    CaseRecord(draft, over: nil, by: me, at: replica.now())
  }

  /// A draft on a line.
  fileprivate func line(_ draft: RecordDraft) throws -> String {
    let record = preview(draft)
    let warning = record.kind == .contact ? record.text(Field.Contact.earlyWarning) : nil
    let text = summary(record, try replica.stock()).shown(upTo: 60)
    return "  \(kind(draft.kind)): \(text)" + (warning.map { " | ! " + $0.shown(upTo: 60) } ?? "")
  }
}

extension Failure {
  /// Says what is wrong with a form, and on which line.
  fileprivate init(_ error: VisitFormError) {
    let line = String(error.line)
    switch error.problem {
    case .noHeading: self.init(.usage, .visitNoHeading, line)
    case .misspelt(let heading): self.init(.usage, .visitMisspelt, line, heading)
    case .twice: self.init(.usage, .visitTwice, line)
    case .noGoal(let number): self.init(.usage, .visitNoGoal, line, String(number))
    case .badDay: self.init(.usage, .visitBadDay, line)
    case .emptyTask: self.init(.usage, .visitEmptyTask, line)
    case .empty: self.init(.usage, .visitEmpty)
    case .tooLong: self.init(.usage, .visitTooLong, line)
    }
  }
}
