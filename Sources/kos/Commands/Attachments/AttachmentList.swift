import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Lists a case's files, and where their bytes are.
struct AttachmentList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis sagens filer, og hvor de er.", "List the case's files, and where they are.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    var rows: [[String]] = []
    for record in try session.open(session.file(caseReference).all(.attachment)) {
      let size = UInt64(clamping: record.integer(Field.Attachment.size) ?? 0)
      session.output.object(
        try session.members(record, stock) + [
          ("name", JSON(record.text(Field.Attachment.name))),
          ("media_type", JSON(record.text(Field.Attachment.mediaType))),
          ("belongs_to", JSON(record.identifier(Field.Attachment.belongsTo))),
        ] + session.byteMembers(record.id, size: size))
      rows.append([
        session.short(record.id), record.happenedOn?.description ?? "", Session.size(size),
        (record.text(Field.Attachment.name) ?? "").shown(upTo: 50), try session.state(record),
      ])
    }
    session.output.table(rows)
  }
}
