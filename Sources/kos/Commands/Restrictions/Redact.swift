import ArgumentParser
import CRDT
import CaseModel

/// Takes sentences out of a note for good.
struct Redact: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Overstreg i et notat for altid: resten bliver et nyt notat, og det gamle slettes, når en leder mere "
        + "bekræfter det.",
      "Take sentences out of a note for good: the rest becomes a note of its own, and the old one is erased "
        + "once a second leader confirms it."
    ).said)

  @OptionGroup var which: NoteOptions
  @Option(
    help: Phrase(
      "Hvorfor, på skrift; det bliver stående, så skriv ikke, hvad der overstreges.",
      "Why, in writing; it stays, so do not say what is taken out."
    ).help())
  var ground: String
  @OptionGroup var text: TextOptions
  @Option(
    help: Phrase("En ny overskrift; ellers bliver den gamle.", "Another title; else the old one stays.")
      .help())
  var title: String?
  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, record) = try which.found(session)
    guard !ground.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .eraseWhy) }
    try session.open([record])
    let before = record.text(Field.Note.text) ?? ""
    let after = try text.named() ?? ExternalEditor(session.output).edit(before)
    guard after != before || title != nil else { throw Failure(.usage, .redactWhat) }
    // What restricts the note must be known here, or it would not hold for what is left.
    guard !write.offline else { throw Failure(.usage, .redactOnline) }
    let drafts = CaseWork.redact(
      note: record, to: after, title: title ?? record.text(Field.Note.title), ground: ground, in: file,
      identify: session.identify)
    let files = Set(CaseWork.files(of: record, in: file))
    let erased = [record] + file.all(.attachment).filter { files.contains($0.id) }
    let told = try session.tell(erasing: erased, in: file) + [("note", JSON(drafts.first?.id))]
    guard let erasure = drafts.last else { return }
    let (line, members) = session.recorded(erasure, in: file)
    guard !dryRun else {
      session.output.line(after.shownBlock)
      session.output.object(members + told + [("text", JSON(after)), ("saved", false)])
      return session.output.line(session.output.say(.wouldPropose, "1"))
    }
    try await session.save(drafts, write, line + " " + session.output.say(.awaitsSecond), members + told)
  }
}
