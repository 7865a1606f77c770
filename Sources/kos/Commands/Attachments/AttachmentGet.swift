import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Fetches a file's bytes and writes them into a file of one's own.
struct AttachmentGet: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: Phrase(
      "Hent en fil. En afbrudt hentning fortsætter, hvor den slap.",
      "Fetch a file. One that was broken off goes on where it was."
    ).said)

  @Argument(
    help: Phrase(
      "Filens id, begyndelsen af det, eller filens navn.",
      "The attachment's id, the beginning of it, or the file's name."
    ).help(valueName: "id"))
  var attachment: String
  @Option(
    help: Phrase(
      "Hvor den skrives; ellers i denne mappe under sit id.", "Where to write it, else here under its id."
    ).help(valueName: "file"))
  var out: String?
  @Flag(help: Phrase("Skriv oven i en fil, der er der.", "Replace a file that is there.").help())
  var force = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let record = try session.attachment(attachment)
    // What a peer called the file is shown and never used as a path.
    let ending = MediaType.ending(for: record.text(Field.Attachment.mediaType))
    let path = out ?? "attachment-\(session.short(record.id)).\(ending)"
    let file = try NewFile(path: path, replacing: force)
    let outcome = try await session.replica.fetch(
      attachment: record.id, passphrase: session.passphrase, timeout: Session.transferPatience,
      onProgress: { session.tell($0) })
    session.output.endProgress()
    switch outcome {
    case .here: break
    case .offline(let reason): throw Failure(.offline, .fetchOffline, session.output.label(reason))
    case .refused("BYTES_AWAITED"):
      throw Failure(.offline, .fetchAwaited, try session.author(of: record))
    case .refused(let code): throw Failure(.refused, .fetchRefused, code)
    }
    try session.open([record])
    try session.replica.readAttachment(record.id) { try file.write($0) }
    try file.finish()
    session.output.object([
      ("record", JSON(record.id)), ("file", .string(path)),
      ("size", JSON(record.integer(Field.Attachment.size))),
      ("media_type", JSON(record.text(Field.Attachment.mediaType))),
    ])
    session.output.line(session.output.say(.fileWritten, path.shown))
  }
}
