import ArgumentParser
import CRDT
import CaseModel

/// Lists who takes part.
struct ParticipantList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis, hvem der deltager.", "List who takes part.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    var rows: [[String]] = []
    try session.open(file.participants.map(\.record))
    for member in file.participants {
      let since = member.record.day(Field.Participant.since)
      let name = session.name(member.part.person, stock)
      session.output.object([
        ("record", JSON(member.record.id)), ("person", JSON(member.part.person)), ("name", JSON(name)),
        ("role", JSON(member.part.role.name)), ("since", JSON(since)), ("alias", JSON(member.part.alias)),
        ("organisation", JSON(member.part.organisation)),
        ("starts_at", JSON(member.record.integer(Field.Participant.startsAt))),
        ("ends_at", JSON(member.record.integer(Field.Participant.endsAt))),
        ("pending", .boolean(try session.replica.isPending(member.record.id))),
      ])
      let mark = try session.mark(member.record)
      // What tells a reporter with several cases which one is meant, without saying more about it.
      let alias = member.part.alias.map { ", " + session.output.say(.knowsItAs, session.short($0)) } ?? ""
      let from = member.part.organisation.map { ", " + session.title(of: $0, stock, in: file.id) } ?? ""
      let end = member.record.integer(Field.Participant.endsAt)
      let until = end.map { ", " + session.output.say(.endsAt, Clock.text($0)) } ?? ""
      rows.append([
        since?.description ?? "–", session.role(member.part.role), name + from + until + alias + mark,
      ])
    }
    session.output.table(rows)
  }
}
