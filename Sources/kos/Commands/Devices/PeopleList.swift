import ArgumentParser
import SyncClient

/// Lists the people whose access one may end.
struct PeopleList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis dem, hvis adgang du må afslutte.", "List those whose access you may end.").said)

  static let need = ReplicaNeed.contact

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    var rows: [[String]] = []
    for person in try await session.directory().dropFirst() {
      let open = person.devices.count { $0.revocation == nil }
      let waiting = person.devices.count(where: \.waits)
      output.object([
        ("person", JSON(person.person)), ("name", JSON(person.name)), ("role", JSON(person.role.name)),
        ("devices", .integer(Int64(open))), ("ended", .boolean(person.isEnded)),
        ("unconfirmed", .integer(Int64(waiting))),
      ])
      rows.append([
        session.short(person.person),
        person.name.isEmpty ? output.say(.erasedPerson) : person.name.shown, session.role(person.role),
        output.say(.deviceCount, String(open)), person.isEnded ? output.say(.hasEnded) : "",
        waiting > 0 ? output.say(.devicesUnconfirmed, String(waiting)) : "",
      ])
    }
    output.table(rows)
  }
}
