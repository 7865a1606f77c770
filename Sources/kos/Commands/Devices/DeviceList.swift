import ArgumentParser
import SyncClient

/// Lists somebody's devices.
struct DeviceList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis dine enheder, eller en andens, hvis adgang du må afslutte.",
      "List your devices, or those of somebody whose access you may end."
    ).said)

  static let need = ReplicaNeed.contact

  @Option(help: Phrase("Hvis enheder: et navn eller id.", "Whose devices: a name or an id.").help())
  var person: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let directory = try await session.directory()
    let listing = try person.map { try session.listed($0, in: directory) } ?? directory.first
    var rows: [[String]] = []
    for device in listing?.devices ?? [] {
      session.output.object([
        ("device", JSON(device.id)), ("name", JSON(device.name)), ("person", JSON(listing?.person)),
        ("this_one", .boolean(device.isThisOne)), ("enrolled_at", .integer(device.enrolledAt)),
        ("last_contact_day", JSON(device.contactDay)), ("confirmed", .boolean(!device.isUnconfirmed)),
        ("revoked", JSON(device.revocation?.name)), ("revoked_at", JSON(device.revokedAt)),
      ])
      rows.append(row(device, session.output))
    }
    session.output.table(rows)
    guard person == nil else { return }
    for other in directory.dropFirst() {
      for device in other.devices where device.waits {
        session.output.notice(
          session.output.say(.deviceWaits, other.name.shown, device.name.shown))
      }
    }
  }

  private func row(_ device: DeviceListing, _ output: Output) -> [String] {
    var standing: [String] = []
    if device.isThisOne { standing.append(output.say(.thisDevice)) }
    if device.isUnconfirmed { standing.append(output.say(.notConfirmed)) }
    if let reason = device.revocation {
      standing.append(output.say(.endedOn, Clock.day(device.revokedAt ?? 0), output.label(reason.name)))
    }
    return [
      String(device.id.description.prefix(8)), device.name.shown,
      output.say(.deviceSince, Clock.day(device.enrolledAt)),
      output.say(.deviceLastSeen, device.contactDay?.description ?? "–"), standing.joined(separator: ", "),
    ]
  }
}
