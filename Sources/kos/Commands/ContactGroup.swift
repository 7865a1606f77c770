import ArgumentParser
import CaseModel

/// Contacts with the family.
struct ContactGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "Contacts with the family.",
    subcommands: [ContactLog.self, ContactList.self])
}

/// Logs a contact.
struct ContactLog: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Log a contact with the family.")

  @OptionGroup var step: StepOptions
  @Option(help: "home_visit, telephone, meeting, message …")
  var kind: String
  @Option(help: "What may turn out badly unless somebody acts.")
  var earlyWarning: String?
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let contact = CaseWork.contact(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), form: kind,
      by: session.me, text: try text.required(session.output), earlyWarning: earlyWarning,
      on: session.day(step.on))
    try await session.save([contact], step.write, in: file)
  }
}

/// Lists the contacts.
struct ContactList: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the contacts.")

  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    var rows: [[String]] = []
    for contact in file.contacts {
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
