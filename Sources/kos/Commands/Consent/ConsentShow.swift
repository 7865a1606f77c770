import ArgumentParser
import CRDT
import CaseModel

/// Shows what a consent says, who signed it, and who has yet to.
struct ConsentShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase(
      "Vis et samtykke: hvad det siger, hvem der har skrevet under, og hvem der mangler.",
      "Show a consent: what it says, who has signed, and who has yet to."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Samtykket: dets nummer i consent list eller dets id.",
      "The consent: its number in consent list, or its id."
    ).help())
  var consent: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let record = try session.record(consent, in: session.grants(.consent, in: file))
    let stock = try session.replica.stock()
    let output = session.output
    try session.open([record])
    let signers = stock.signers(of: record, at: session.replica.now())
    output.object(
      try session.grantMembers(record, stock) + [
        ("missing_signatures", session.persons(signers?.missing)),
        ("without_grantor", session.persons(signers?.subjectsWithoutGrantor)),
      ])
    let standing = session.standing(of: record, stock).map { output.label($0.rawValue) } ?? "–"
    let name = "\(session.kind(record.kind).capitalisedFirst) \(session.short(record.id))"
    output.line("\(name): \(standing)\(try session.mark(record))")
    for part in session.says(record, stock) { output.line("  " + part) }
    func names(_ persons: [Identifier]) -> String {
      persons.map { session.title(of: $0, stock, in: file.id) }.joined(separator: ", ")
    }
    guard let signers, session.holdsWhatGoverns else { return }
    if !signers.missing.isEmpty { output.line("  " + output.say(.yetToSign, names(signers.missing))) }
    if !signers.subjectsWithoutGrantor.isEmpty {
      let maySet = try session.ownForecast(in: file.id).mayCreate(.custody, in: file.id)
      let phrase = maySet ? Phrase.noGrantorFor : .noGrantorKnownFor
      output.line("  " + output.say(phrase, names(signers.subjectsWithoutGrantor)))
    }
  }
}
