import ArgumentParser
import CaseModel

/// Records that what was asked for came.
struct RequestReceive: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive",
    abstract: Phrase("Notér, at det indhentede kom.", "Record that what was asked for came.").said)

  @OptionGroup var request: RequestOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, found) = try request.open(session)
    let day = try session.notBefore(session.pastDay(request.step.on), asked: found.requestedOn)
    let draft = CaseWork.receive(informationRequest: found.record, on: day)
    let notes = CaseWork.comment(on: draft, try text.named(), day) { session.replica.newIdentifier() }
    try await session.save([draft] + notes, request.step.write, in: file)
  }
}
