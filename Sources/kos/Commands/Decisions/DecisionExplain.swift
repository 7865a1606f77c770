import ArgumentParser
import CRDT
import CaseModel

/// Records that a decision was explained to the family, by a contact (R62).
struct DecisionExplain: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: Phrase(
      "Notér, at en afgørelse blev forklaret for familien; kontakten noteres med.",
      "Record that a decision was explained to the family; the contact is recorded too."
    ).said)

  @OptionGroup var decision: DecisionOptions
  @Option(
    help: Phrase(
      "Hvordan: home_visit, visit, telephone, video, meeting, message eller letter.",
      "How: home_visit, visit, telephone, video, meeting, message or letter."
    ).help())
  var kind = "telephone"
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, record) = try decision.found(session, isIssued: true)
    let day = try session.pastDay(decision.step.on)
    var contact = CaseWork.contact(
      id: session.replica.newIdentifier(), in: file.id, about: record.about, form: kind, by: session.me,
      text: try text.named(), on: day)
    contact.write(Field.Contact.decision, record.id)
    let explained = CaseWork.explain(decision: record, on: day)
    let (line, members) = session.recorded(explained, in: file)
    try await session.save(
      [explained, contact], decision.step.write, line, members + [("contact", JSON(contact.id))])
  }
}
