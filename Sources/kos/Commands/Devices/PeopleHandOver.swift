import ArgumentParser
import CRDT
import CaseModel

/// Hands all of a person's cases over to another one.
struct PeopleHandOver: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: Phrase(
      "Giv alle en persons sager videre til en anden.", "Hand all of a person's cases over to another one."
    ).said)

  @Argument(help: Phrase("Den, der havde dem: et navn eller id.", "Who had them: a name or an id.").help())
  var person: String
  @Option(help: Phrase("Den, der får dem: et navn eller id.", "Who gets them: a name or an id.").help())
  var to: String
  @Option(
    help: Phrase("Dagen (i dag).", "The day (today).").help(valueName: "day"), transform: CalendarDay.past)
  var on: CalendarDay?
  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let (former, person) = (try session.person(person), try session.person(to))
    guard former != person else { throw Failure(.usage, .handOverToSame) }
    let day = try session.pastDay(on)
    let acts = stock.cases.map { file in
      (
        file: file,
        drafts: CaseWork.handOver(
          file, from: former, to: person, on: day, at: session.replica.now(),
          identify: session.identify)
      )
    }.filter { !$0.drafts.isEmpty }
    let names = (session.name(former, stock), session.name(person, stock))
    guard !acts.isEmpty else { throw Failure(.usage, .nothingToHandOver, names.0) }
    try session.open(
      acts.flatMap { $0.file.records[.case, default: []] + $0.file.participants.map(\.record) })
    let forecast = try session.ownForecast()
    for (file, _) in acts { session.output.line(line(file, former, forecast, session)) }
    let orphans = acts.flatMap { file, drafts in
      CaseWork.orphans(file, handedOverBy: drafts, from: former, at: session.replica.now())
    }
    warn(of: orphans, names.1, session)
    let members: [(String, JSON)] = [
      ("person", JSON(former)), ("to", JSON(person)),
      (
        "cases",
        .array(
          acts.map { file, _ in
            .object([
              ("case", JSON(session.reference(file.id))), ("case_id", JSON(file.id)),
              ("coordinated", .boolean(file.coordinator == former)),
              (
                "open_updates",
                session.members(counting: file.openUpdates, of: .externalUpdate, in: file, forecast)
              ),
            ])
          })
      ), ("protected_contacts_unread", .array(orphans.map { JSON($0.id) })),
    ]
    if dryRun {
      session.output.object(members + [("saved", false)])
      return session.output.line(session.output.say(.wouldHandOver, String(acts.count), names.0, names.1))
    }
    // An act a case: of one that may not be handed over the others do not wait.
    let act = try session.write(acts.map(\.drafts))
    let delivery = try await session.deliver(act, offline: write.offline)
    let done = session.output.say(.casesHandedOver, String(acts.count), names.0, names.1)
    try session.say(delivery, done, members)
  }

  /// Says which protected contacts nobody who is left could read, and how to name who takes over. What they
  /// say is not shown.
  private func warn(of orphans: [CaseRecord], _ successor: String, _ session: Session) {
    let output = session.output
    for contact in orphans {
      let place = contact.caseID.map(session.short) ?? ""
      output.notice(output.say(.contactUnread, place, session.short(contact.id), successor))
    }
    // A leader holds few of them: those who may not read them do not learn that they are there.
    output.line(output.say(.contactsNotHere, successor))
  }

  /// A case, what she was in it, and how many updates wait there: leaders do not read them as long as
  /// somebody coordinates the case.
  private func line(
    _ file: CaseFile, _ former: Identifier, _ forecast: AccessForecast, _ session: Session
  ) -> String {
    let roles = file.participants.filter { $0.part.person == former }.map { session.role($0.part.role) }
    let updates = session.count(file.openUpdates, of: .externalUpdate, in: file, forecast)
    return "\(session.reference(file.id) ?? "")  \(file.label?.shown ?? "–")  "
      + roles.joined(separator: ", ") + "  "
      + session.output.say(.openUpdatesOf, updates)
  }
}
