import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Attaches a file to a case, or to a record in it.
struct AttachmentAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Vedhæft en fil. Den gemmes her med det samme og sendes, når serveren kan nås.",
      "Attach a file. It is saved here at once and sent when the server is reached."
    ).said)

  @OptionGroup var step: StepOptions
  @Argument(help: Phrase("Filen.", "The file.").help(valueName: "file"))
  var file: String
  @Option(
    help: Phrase(
      "Posten, som filen hører til; ellers sagen.", "The record that it belongs to, else the case."
    )
    .help(valueName: "record"))
  var to: String?
  @Option(
    help: Phrase(
      "Hvad den hedder i lister; ellers som filen.", "What it is called in lists, else as the file."
    )
    .help())
  var name: String?
  @Option(
    name: .customLong("media-type"),
    help: Phrase("Filens art; ellers efter navnet.", "The sort of file, else by its name.").help(
      valueName: "type"))
  var mediaType: String?
  @OptionGroup var sort: ContentOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let caseFile = try session.file(step.caseReference)
    let content = try Descriptor.readFile(file)
    guard content.count <= Replica.attachmentBytesMax else { throw Failure(.usage, .fileTooLarge, file) }
    let called = name ?? file.split(separator: "/").last.map(String.init) ?? file
    let parent = try to.map {
      try session.record(
        $0, in: caseFile.records.values.joined().filter { !$0.isEnteredInError }, of: .unnumbered)
    }
    let draft = CaseWork.attachment(
      id: session.replica.newIdentifier(), in: caseFile.id,
      about: try sort.subjects(in: caseFile, session),
      name: called,
      mediaType: mediaType ?? MediaType.of(called), size: content.count,
      digest: Replica.digest(of: content), to: parent,
      informationType: try sort.informationType(), on: try session.pastDay(step.on))
    let before = try session.replica.status()
    try session.replica.attach(content, as: draft)
    let act = WrittenAct(records: [draft.id], standing: before)
    var delivery = try await session.deliver(act, offline: step.write.offline)
    if case .sent = delivery { delivery = try await session.sendBytes(of: draft.id) }
    let (_, members) = session.recorded(draft, in: caseFile)
    let place = session.called(caseFile.id)
    try session.say(
      delivery, session.output.say(.attached, called.shown(upTo: 50), place, session.short(draft.id)),
      members + session.byteMembers(draft.id, size: UInt64(content.count)))
  }
}
