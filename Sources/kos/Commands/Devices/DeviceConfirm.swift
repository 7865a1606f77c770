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
    ).said)

  @Argument(
    help: Phrase("De seks cifre, som enheden viser.", "The six digits that the device shows.").help())
  var code: String
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let digits = code.filter { $0 != " " && $0 != "-" }
    guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = UInt32(digits)
    else { throw Failure(.usage, .notSixDigits, code) }
    try await session.replica.confirm(digits: number, passphrase: session.passphrase)
    session.output.object([("outcome", "confirmed")])
    session.output.line(session.output.say(.deviceConfirmed))
  }
}
