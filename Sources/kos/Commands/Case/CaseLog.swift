import ArgumentParser
import CRDT
import CaseModel

/// Tells what happened in a case, day by day.
struct CaseLog: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: Phrase(
      "Fortæl, hvad der skete i en sag, dag for dag.", "Tell what happened in a case, day by day."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Flag(
    help: Phrase(
      "Spørg serveren om alle ændringer: hvem, hvornår, fra hvilken enhed, og hvad der stod før.",
      "Ask the server for every change: who, when, from which device, and what stood there before."
    ).help())
  var changes = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let records = Array(file.records.values.joined() + file.updates).sorted { left, right in
      let days = (left.happenedOn ?? .min, right.happenedOn ?? .min)
      if days.0 != days.1 { return days.0 < days.1 }
      return left.created == right.created ? left.id < right.id : left.created < right.created
    }
    if changes {
      try await session.tellChanges(of: records, stock)
    } else {
      // What was entered in error did not happen. That somebody wrote it and took it back, the changes tell.
      try session.list(records.filter { !$0.isEnteredInError }, stock)
    }
  }
}
