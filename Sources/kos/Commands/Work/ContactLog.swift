import ArgumentParser
import CaseModel

/// Logs a contact.
struct ContactLog: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: Phrase("Notér en kontakt med familien.", "Log a contact with the family.").said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase(
      "home_visit, visit, telephone, video, meeting, message eller letter, eller hvad de hedder på dansk.",
      "home_visit, visit, telephone, video, meeting, message or letter, or what they are called in Danish."
    ).help())
  var kind: String
  @Option(
    help: Phrase("Hvad der kan gå galt, hvis ingen handler.", "What may turn out badly unless somebody acts.")
      .help())
  var earlyWarning: String?
  @Option(
    name: [.customLong("late-reason"), .customLong("reason")],
    help: Phrase(
      "Hvorfor kontakten kom, efter måneden var gået.", "Why the contact came after the month had passed."
    ).help())
  var lateReason: String?
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let form = CodeNames.code(kind, among: Field.Contact.form.codes)
    let day = try session.pastDay(step.on, in: file)
    var contact = CaseWork.contact(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), form: form,
      by: session.me, text: try text.required(session.output), earlyWarning: earlyWarning,
      on: day)
    let late = try lateReason == nil ? session.lateness(of: .contact, in: file, on: day) : nil
    let reason = try lateReason ?? late.flatMap { try session.whyLate($0.window) }
    contact.write(Field.Contact.lateReason, reason)
    try await session.save([contact], step.write, in: file)
    if reason == nil, let late { session.tellLate(late.window, late.step, in: file, on: day) }
  }
}
