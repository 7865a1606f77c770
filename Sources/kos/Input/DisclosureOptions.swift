import ArgumentParser
import CRDT
import CaseModel

/// About whom, what, for what purpose and how long: what consents and other legal bases have in common.
struct DisclosureOptions: ParsableArguments {
  @Option(
    help: Phrase(
      "Hvem det handler om: et barn, en pårørende eller familien; ellers alle børn.",
      "Whom it is about: a child, a relative or family; else all children."
    ).help(valueName: "subject"))
  var about: [String] = []
  @Option(
    help: Phrase(
      "Oplysninger: health (sundhed), school (skole), social, economy, plan, coordination, employment, "
        + "day-care.",
      "Information: health, school, social, economy, plan, coordination, employment, day-care."
    ).help(), completion: .informationType)
  var type: [String]
  @Option(
    name: .customLong("for"),
    help: Phrase(
      "Formålet med ét ord, f.eks. coordination.", "The purpose in a word, such as coordination."
    ).help(valueName: "purpose"))
  var purpose: String
  @Option(
    help: Phrase(
      "Kun det, serveren modtog fra denne dag; ellers alt.",
      "Only what the server received from this day on, else all."
    ).help(valueName: "day"), transform: CalendarDay.past)
  var receivedSince: CalendarDay?
  @OptionGroup var period: PeriodOptions

  /// The disclosure to a recipient.
  func disclosure(
    to recipient: Identifier, in file: CaseFile, _ session: Session
  ) throws -> CaseWork.Disclosure {
    let period = try period.required(session)
    guard !purpose.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .needsPurpose) }
    return CaseWork.Disclosure(
      to: recipient, about: try session.subjects(about, in: file), types: try type.map(TypeName.type),
      purpose: purpose, from: period.start, until: period.end, horizon: receivedSince.map(Clock.start(of:)))
  }
}
