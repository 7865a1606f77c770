import ArgumentParser
import CaseModel

/// Confirms moves as the second leader.
struct TransferConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Bekræft flytninger som den anden leder: så læser ingen her sagerne mere, heller ikke uden net.",
      "Confirm moves as the second leader: nobody here reads the cases then, without a network neither."
    ).said)

  @Argument(help: Phrase("Sagerne.", "The cases.").help(valueName: "ref"))
  var caseReferences: [String] = []
  @Flag(help: Phrase("Alle, der venter.", "All that wait.").help())
  var all = false
  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let files = all ? stock.cases : try caseReferences.map { try session.file($0) }
    let waiting = files.flatMap { file in
      session.grants(.transfer, in: file).filter { session.standing(of: $0, stock) == .awaitsConfirmation }
    }
    guard !waiting.isEmpty else { throw Failure(.usage, .nothingToConfirm) }
    var readers: Set<String> = []
    for record in try session.open(waiting) {
      guard let file = record.caseID.flatMap({ stock.files[$0] }) else { continue }
      session.output.line("  \(session.reference(file.id) ?? "")  \(session.describe(record, stock))")
      readers.formUnion(file.participants.map { session.title(of: $0.part.person, stock, in: file.id) })
    }
    session.output.line(
      session.output.say(.readersNow, readers.isEmpty ? "–" : readers.sorted().joined(separator: ", ")))
    let members: [(String, JSON)] = [
      ("cases", .array(waiting.compactMap(\.caseID).map { JSON($0) }))
    ]
    guard !dryRun else {
      session.output.object(members + [("saved", false)])
      return session.output.line(session.output.say(.wouldMoveAway, String(waiting.count)))
    }
    try await session.save(
      each: waiting.map { CaseWork.confirm($0, by: session.me) }, write,
      session.output.say(.movedAway, String(waiting.count)), members)
  }
}
