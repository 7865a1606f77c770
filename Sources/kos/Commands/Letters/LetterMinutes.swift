import ArgumentParser
import CaseModel

/// Writes the minutes of a meeting.
struct LetterMinutes: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "minutes",
    abstract: Phrase(
      "Referatet af et møde; uden --for til fagpersonerne selv.",
      "The minutes of a meeting; without --for for the professionals themselves."
    ).said)

  @OptionGroup var meeting: MeetingOptions
  @OptionGroup var recipient: LetterRecipientOptions
  @OptionGroup var letter: LetterOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, held) = try meeting.found(session, .held)
    try session.checkPrinting(in: file)
    let record = held.record
    let stock = try session.replica.stock()
    let person = try recipient.person(in: file, session)
    let scope = try person.map { try session.letterScope(for: $0, in: file) } ?? LetterScope(.professionals)
    var paper = LetterPaper(session, stock, file, scope)
    let page = try paper.minutesPage(of: record, to: person.map { paper.name($0) } ?? paper.say(.letterTeam))
    try await session.print(page, of: paper, as: "minutes", to: person, label: "core_team", letter)
  }
}
