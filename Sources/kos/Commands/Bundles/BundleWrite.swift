import ArgumentParser
import SyncClient

/// Writes what is unsent into a file.
struct BundleWrite: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: Phrase(
      "Skriv alt, der ikke er sendt, i en fil, som kun serveren kan læse.",
      "Write all that is unsent into a file that the server alone can read."
    ).said)

  @Argument(
    help: Phrase(
      "Filen, der laves; den må ikke findes.", "The file to make; there must be none of that name."
    ).help(valueName: "file"))
  var file: String
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let output = session.output
    let written = try await session.bundling(file) {
      try await session.replica.writeBundle(to: file, passphrase: session.passphrase) { done, total in
        output.progress(output.say(.writingBundle, String(done * 100 / max(total, 1)), String(total)))
      }
    }
    output.endProgress()
    let attachments = try session.replica.attachmentBacklog()
    output.object([
      ("file", .string(file)), ("size", .integer(Int64(written.fileBytes))),
      ("entries", .integer(Int64(written.entries))), ("changes", .integer(Int64(written.changes))),
      ("openings", .integer(Int64(written.openings))),
      ("attachments_unsent", .integer(Int64(attachments.count))),
    ])
    let size = Session.size(UInt64(written.fileBytes))
    output.line(
      output.say(.bundleWritten, file.shown, size, String(written.entries), String(written.changes)))
    if attachments.count > 0 { output.line(output.say(.bundleWithoutFiles, String(attachments.count))) }
    output.line(output.say(.bundleCarry, file.shown))
  }
}
