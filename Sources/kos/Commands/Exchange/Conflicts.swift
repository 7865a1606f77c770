import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Shows each conflict with every value, who wrote it and when.
struct Conflicts: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Vis værdier, der er skrevet uden kendskab til hinanden; kode 4, når der er nogen.",
      "Show values written without knowledge of each other; exit code 4 when there are any."
    ).said)

  @Flag(
    help: Phrase(
      "Vis i stedet de brudte regler, der er afgjort, og som kan afgøres igen.",
      "Show instead the broken rules that were settled, and can be settled anew."
    ).help())
  var settled = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    if settled { return try showSettled(session, stock) }
    let conflicts = try session.conflicts()
    let output = session.output
    let semantic = try session.semanticConflicts()
    let forecast = try session.ownForecast()
    try session.replica.keep(numbers: session.names(conflicts, semantic), of: Session.inbox)
    if conflicts.isEmpty, semantic.isEmpty {
      output.line(output.say(.noConflicts))
      return
    }
    try session.open(conflicts.map(\.record) + semantic.flatMap { $0.evidence.map(\.record) })
    for (place, conflict) in conflicts.enumerated() {
      try show(conflict, place + 1, session, stock)
    }
    if conflicts.contains(where: { forecast.mayChange($0.record) }) { output.line(output.say(.resolveHint)) }
    for (place, conflict) in semantic.enumerated() {
      let number = conflicts.count + place + 1
      let evidence = try show(conflict, String(number), session, stock)
      output.object([("conflict", .integer(Int64(number)))] + members(conflict, evidence, session))
    }
    if semantic.contains(where: { forecast.mayCreate(.settlement, in: $0.caseID) }) {
      output.line(output.say(.settleHint))
    }
    throw ExitCode(Exit.needsPerson.rawValue)
  }

  /// Shows what was settled, by whom and why, under the ids by which it is settled anew.
  private func showSettled(_ session: Session, _ stock: CaseStock) throws {
    let output = session.output
    let settled = try session.settledConflicts()
    if settled.isEmpty { return output.line(output.say(.nothingSettled)) }
    try session.open(settled.flatMap { [$0.settlement] + $0.conflict.evidence.map(\.record) })
    for (conflict, settlement) in settled {
      let evidence = try show(conflict, session.short(settlement.id), session, stock)
      let outcome = settlement.text(Field.Settlement.outcome) ?? ""
      let reason = settlement.text(Field.Settlement.text)
      let day = settlement.day(Field.Settlement.settledOn)
      output.line(
        output.say(
          .settledSo, day?.description ?? "–", output.label(outcome), reason?.shown(upTo: 200) ?? "–")
          + (try session.mark(settlement)))
      output.object(
        [
          ("settlement", JSON(settlement.id)), ("outcome", .string(outcome)), ("reason", JSON(reason)),
          ("settled_on", JSON(day)),
        ] + members(conflict, evidence, session))
    }
    let forecast = try session.ownForecast()
    if settled.contains(where: { forecast.mayCreate(.settlement, in: $0.conflict.caseID) }) {
      output.line(output.say(.settleAnewHint))
    }
  }

  private func show(
    _ conflict: RecordConflict, _ number: Int, _ session: Session, _ stock: CaseStock
  ) throws {
    let record = conflict.record
    let field = record.kind.definition?.field(conflict.field)
    var values: [JSON] = []
    let reference = session.called(record.caseID)
    let name = "\(session.short(record.id)):\(conflict.fieldName)"
    session.output.line("\(number)  \(reference)  \(session.kind(record.kind))  \(name)", .heading)
    for (place, operation) in conflict.operations.enumerated() {
      let author = try session.author(of: operation)
      let at = operation.context.origin?.writtenAt ?? operation.context.writtenAt
      values.append(
        .object(
          [
            ("value", .integer(Int64(place + 1))), ("content", session.json(operation.value, of: field)),
          ] + session.provenance(of: operation, author, stock)))
      let text = session.text(operation.value, of: field, stock)
      let block = text.split(separator: "\n").joined(separator: "\n         ")
      session.output.line("   \(place + 1)  \(block)")
      session.output.line("      – " + session.output.say(.writtenBy, author, Clock.text(at)))
    }
    session.output.object([
      ("conflict", .integer(Int64(number))), ("record", JSON(record.id)),
      ("case", JSON(session.reference(record.caseID))), ("kind", JSON(record.kind.definition?.name)),
      ("field", .string(conflict.fieldName)), ("values", .array(values)),
    ])
  }

  /// Shows it to people.
  ///
  /// - Returns: what programs are told of its evidence.
  private func show(
    _ conflict: SemanticConflict, _ name: String, _ session: Session, _ stock: CaseStock
  ) throws -> [JSON] {
    let output = session.output
    var evidence: [JSON] = []
    let reference = session.called(conflict.caseID)
    output.line("\(name)  \(reference)  \(output.label(conflict.rule.rawValue))", .risk)
    for found in conflict.evidence {
      let author = try session.author(of: found.operation)
      let at = found.operation.context.origin?.writtenAt ?? found.operation.context.writtenAt
      let text = session.text(found.operation.value, of: found.field, stock, in: conflict.caseID)
      output.line(
        "   \(session.kind(found.record.kind)) \(session.short(found.record.id)), "
          + "\(output.label(found.field.name)): \(text.shown(upTo: 60))")
      output.line("      – " + output.say(.writtenBy, author, Clock.text(at)))
      evidence.append(
        .object(
          [
            ("record", JSON(found.record.id)), ("kind", JSON(found.record.kind.definition?.name)),
            ("field", .string(found.field.name)),
            ("content", session.json(found.operation.value, of: found.field)),
          ] + session.provenance(of: found.operation, author, stock)))
    }
    return evidence
  }

  private func members(
    _ conflict: SemanticConflict, _ evidence: [JSON], _ session: Session
  ) -> [(String, JSON)] {
    [
      ("rule", .string(conflict.rule.rawValue)), ("case", JSON(session.reference(conflict.caseID))),
      ("records", .array(conflict.records.map { JSON($0) })), ("evidence", .array(evidence)),
    ]
  }
}
