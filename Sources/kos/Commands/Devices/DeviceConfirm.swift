import ArgumentParser
import SyncClient

/// Confirms a device that was restored or cloned, or enrolled by somebody who was not in the room, so that it
/// is sent content.
struct DeviceConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Bekræft en ny eller gendannet enhed: din egen, eller en, hvis adgang du har givet eller kan afslutte.",
      "Confirm a new or restored device: your own, or of somebody whom you invited or may end."
    ).said,
    discussion: Phrase(
      """
      Cifrene siger kun, hvilken enhed det er, og ikke hvem der sidder med den. Kend stemmen, der læser dem \
      op, og skriv med --of, hvem det er: har hun brugt en andens kode, bliver enheden ikke bekræftet.
      """,
      """
      The digits say which device it is, and not who sits before it. Know the voice that reads them out, and \
      say with --of whose it is: where she used somebody else's code, the device is not confirmed.
      """
    ).said)

  @Argument(
    help: Phrase("De seks cifre, som enheden viser.", "The six digits that the device shows.").help())
  var code: String
  @Option(
    help: Phrase(
      "Hvis enhed det er, ved navn eller id; ellers din egen.",
      "Whose device it is, by name or id; your own otherwise."
    ).help(valueName: "name"))
  var of: String?
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let digits = code.filter { $0 != " " && $0 != "-" }
    guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = UInt32(digits)
    else { throw Failure(.usage, .notSixDigits, code) }
    let owner = try of.map { try session.person($0) } ?? session.me
    try await session.replica.confirm(digits: number, of: owner, passphrase: session.passphrase)
    session.output.object([("outcome", "confirmed"), ("person", JSON(owner))])
    session.output.line(
      owner == session.me
        ? session.output.say(.deviceConfirmed)
        : session.output.say(
          .deviceOfConfirmed, session.name(owner, try session.replica.stock())))
  }
}
