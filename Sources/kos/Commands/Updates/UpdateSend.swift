import ArgumentParser
import CRDT
import CaseModel

/// Sends news to a case's coordinator, at most once in effect.
struct UpdateSend: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: Phrase(
      "Send nyt til sagens koordinator; virker uden netværk.",
      "Send news to the case's coordinator; works offline."
    ).said)

  @Option(
    name: .customLong("case"),
    help: Phrase("Sagen, når du indberetter til flere.", "The case, when you report on several.").help(
      valueName: "ref"))
  var caseReference: String?
  @Option(
    help: Phrase(
      "Dit eget navn for opdateringen: sendes den igen, ændrer det intet.",
      "Your own name for this update: sending it again changes nothing."
    ).help())
  var id: String?
  @Option(help: Phrase("routine, soon (snart) eller urgent (haster).", "routine, soon or urgent.").help())
  var urgency = "routine"
  @Option(
    help: Phrase("Dagen, det blev set, ellers i dag.", "The day on which it was seen, else today.").help(
      valueName: "day"), transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var text: TextOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let alias = try alias(session)
    let update =
      id.map { session.replica.identifier(named: "update/\(alias)/\($0)") } ?? session.replica.newIdentifier()
    let standing = try session.replica.stock().underAlias[alias]?.first { $0.id == update }
    let known = standing != nil
    var entries: [[RecordDraft]] = []
    if let standing {
      // The same text again is a repetition; another one would be lost without a word.
      let text = try text.given()
      if let text, text != standing.text(Field.ExternalUpdate.text) {
        throw Failure(.usage, .idTaken, id ?? session.short(update))
      }
    } else {
      let draft = CaseWork.externalUpdate(
        id: update, alias: alias, text: try text.required(session.output), urgency: urgency,
        sender: session.replica.profile.personName, on: try session.pastDay(on))
      entries = [[draft]]
    }
    let act = try session.write(entries)
    let delivery = try await session.deliver(act, offline: write.offline)
    var state = try session.state(of: update, alias: alias, session.replica.stock())
    if case .refused = delivery { state.isRefused = true }
    if case .quarantined = delivery { state.isQuarantined = true }
    try session.say(
      delivery, session.output.say(.updateKept, session.short(update), state.text(session.output)),
      [
        ("update", JSON(update)), ("case", JSON(session.reference(alias))), ("state", .string(state.name)),
        ("already_known", .boolean(known)),
      ])
  }

  /// The alias that the update goes under: the one named, or the only one.
  private func alias(_ session: Session) throws -> Identifier {
    let aliases = session.replica.profile.aliases
    if let caseReference {
      guard let id = try session.caseID(caseReference, session.replica.stock()), aliases.contains(id) else {
        throw Failure(.usage, .noSuchCase, caseReference)
      }
      return id
    }
    guard let first = aliases.first else { throw Failure(.usage, .noAlias) }
    guard aliases.count == 1 else {
      let references = aliases.map { "\(session.reference($0) ?? "–") (\(session.short($0)))" }
        .joined(separator: ", ")
      throw Failure(.usage, .whichAlias, references)
    }
    return first
  }
}
