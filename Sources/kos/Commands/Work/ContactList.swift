import ArgumentParser
import CaseModel

/// Lists the contacts.
struct ContactList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis kontakterne.", "List the contacts.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    var rows: [[String]] = []
    for contact in try session.open(file.contacts) {
      let form = contact.text(Field.Contact.form)
      session.output.object(
        try session.members(contact, stock) + [
          ("form", JSON(form)), ("by", JSON(contact.identifier(Field.Contact.by))),
          ("early_warning", JSON(contact.text(Field.Contact.earlyWarning))),
        ])
      let text = contact.text(Field.Contact.text)?.shown(upTo: 70) ?? ""
      let mark = try session.mark(contact)
      rows.append([
        contact.happenedOn?.description ?? "–", form.map(session.output.label) ?? "–", text + mark,
      ])
    }
    session.output.table(rows)
  }
}
