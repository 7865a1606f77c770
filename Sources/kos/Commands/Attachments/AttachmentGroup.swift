import ArgumentParser
import CaseModel

/// Files that belong to a case.
struct AttachmentGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attachment",
    abstract: Phrase(
      "Filer i en sag: breve, fotos, udredninger.", "Files of a case: letters, photos, reports."
    )
    .said,
    subcommands: [AttachmentAdd.self, AttachmentList.self, AttachmentGet.self])
}
