import ArgumentParser
import SyncClient

/// Confirms own work that is held.
struct HeldConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Bekræft noget, som det står: det sendes igen, og alle, der nu kan læse posten, får det.",
      "Confirm something as it stands: it is sent again, and all who may read the record now get it."
    ).said)

  @Argument(help: Phrase("Hvad, efter: kos held list", "What, from: kos held list").help())
  var id: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let before = try session.replica.status()
    guard let records = try session.replica.confirmHeld(id) else { throw Failure(.usage, .notHeld, id) }
    let delivery = try await session.deliver(
      WrittenAct(records: records, standing: before), offline: write.offline)
    try session.say(
      delivery, session.output.say(.heldConfirmed),
      [("id", .string(id)), ("records", .array(records.sorted().map { JSON($0) }))])
  }
}
