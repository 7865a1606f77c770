import ArgumentParser
import CaseModel

/// Takes a move back.
struct TransferEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Opgiv en flytning; er den bekræftet, læses sagen her igen. Gør det ikke, når modtageren har den.",
      "Give a move up; if it was confirmed, the case is read here again. Not once the receiver has it."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let standing = session.grants(.transfer, in: file).last { session.standing(of: $0, stock) != .ended }
    guard let record = standing else { throw Failure(.usage, .nothingToConfirm) }
    try await session.end(record, write, in: file)
  }
}
