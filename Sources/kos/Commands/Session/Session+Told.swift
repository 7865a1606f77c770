import CRDT
import CaseModel

/// What a reader is told of what her replica holds, and what she is told that she is not shown.
extension Session {
  /// Whether the user is one of those who work with a case together: its coordinator, its core team, or a
  /// leader who takes part in it.
  func isOfTeam(in caseID: Identifier?, _ stock: CaseStock) -> Bool {
    guard let file = caseID.flatMap({ stock.files[$0] }) else { return false }
    return file.participants.contains { $0.part.person == me && $0.part.role.isStaff }
  }

  /// Whether the user is told what a field holds. What the team expected of a goal is its own yardstick (R55)
  /// and for nobody who only reads the family's plan.
  func isTold(_ field: FieldDefinition?, of record: CaseRecord, _ stock: CaseStock) -> Bool {
    guard record.kind == .goal, field == Field.Goal.teamRank else { return true }
    return isOfTeam(in: record.caseID, stock)
  }

  /// Whether the user can tell how a step stands: what shows that it is done is mostly not sent to parents
  /// and others from outside, so that nothing follows from it not being here.
  func isTold(_ step: StepProgress) -> Bool {
    let role = replica.profile.role
    return role.isStaff || role == .analysisTeam || role == .dataProtectionOfficer || step.state.isFinished
  }

  /// Where a family stands today, in words; that it is not shown where the user cannot tell.
  func status(of file: CaseFile, _ forecast: AccessForecast) -> String {
    forecast.status(of: file, on: day(nil)).map { output.label($0.rawValue) } ?? output.say(.notShownToYou)
  }

  /// Who coordinates a case: nobody, or that it is not shown.
  func coordinator(of file: CaseFile, _ forecast: AccessForecast, _ stock: CaseStock) -> String {
    if let coordinator = file.coordinator { return name(coordinator, stock) }
    return forecast.knowsCoordinator(of: file) ? "–" : output.say(.notShownToYou)
  }

  /// What there is of a kind in a case, in words; that it is not shown where there may well be some.
  func listed(
    _ texts: [String], of kind: RecordKind, in file: CaseFile, _ forecast: AccessForecast
  ) -> String {
    texts.isEmpty && !forecast.reads(kind, in: file.id)
      ? output.say(.notShownToYou) : texts.joined(separator: "; ")
  }

  /// How many there are of a kind in a case; that it is not shown where others may well have some.
  func count(
    _ records: [CaseRecord], of kind: RecordKind, in file: CaseFile, _ forecast: AccessForecast
  ) -> String {
    records.isEmpty && !forecast.reads(kind, in: file.id)
      ? output.say(.notShownToYou) : String(records.count)
  }

  /// The same for programs: `null` for what is not shown.
  func members(
    counting records: [CaseRecord], of kind: RecordKind, in file: CaseFile, _ forecast: AccessForecast
  ) -> JSON {
    records.isEmpty && !forecast.reads(kind, in: file.id) ? .null : .integer(Int64(records.count))
  }
}
