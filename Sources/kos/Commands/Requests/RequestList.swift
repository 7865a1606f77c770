import ArgumentParser
import CaseModel

/// Lists what a case asked for.
struct RequestList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvad der er indhentet, og hvad der mangler.", "List what came and what is missing."
    )
    .said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let requests = file.informationRequests
    try session.keepNumbers(of: requests.map(\.record))
    try session.open(requests.map(\.record))
    let output = session.output
    let today = session.day(nil)
    var rows: [[String]] = []
    for (place, request) in requests.enumerated() {
      let standing = request.standing(on: today)
      output.object(
        try session.members(request.record, stock) + [("standing", .string(standing.rawValue))])
      let recipient = request.record.identifier(Field.InformationRequest.recipient)
      rows.append([
        String(place + 1), request.what.map(output.label) ?? "–", output.label(standing.rawValue),
        (request.receivedOn ?? request.dueOn)?.description ?? "–",
        recipient.map { session.title(of: $0, stock, in: file.id) }
          ?? request.record.text(Field.InformationRequest.recipientLabel)?.shown ?? "",
      ])
    }
    output.table(rows)
  }
}
