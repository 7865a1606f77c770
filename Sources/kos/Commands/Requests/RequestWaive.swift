import ArgumentParser
import CaseModel

/// Goes on without what was asked for.
struct RequestWaive: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "waive",
    abstract: Phrase("Gå videre uden det indhentede.", "Go on without what was asked for.").said)

  @OptionGroup var request: RequestOptions
  @Option(help: Phrase("Hvorfor; det står i et notat.", "Why; it stands in a note.").help(valueName: "text"))
  var reason: String
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, found) = try request.open(session)
    guard !reason.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .noText) }
    let day = try session.notBefore(session.pastDay(request.step.on), asked: found.requestedOn)
    let drafts = CaseWork.waive(
      informationRequest: found.record, reason: reason, on: day, identify: session.identify)
    try await session.save(drafts, request.step.write, in: file)
  }
}
