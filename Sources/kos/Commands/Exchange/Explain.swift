import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Explains what one record holds and who wrote it when; without a record, what waits and what was refused.
/// With a person, whether she would read it, by which rule; with a case, how much of it.
struct Explain: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Forklar en post: dens værdier, og hvem der skrev hvornår; hvad nogen må se; eller alt, der venter.",
      "Explain a record: its values and who wrote when; what somebody may see; or all that waits."
    ).said)

  @Argument(
    help: Phrase("Postens id eller begyndelsen af det.", "The record's id, or the beginning of it.").help())
  var record: String?
  @Option(
    name: .customLong("for"),
    help: Phrase(
      "Ville denne person læse posten, eller hvor meget af sagen?",
      "Would this person read the record, or how much of the case?"
    ).help(valueName: "person"))
  var person: String?
  @Option(
    name: .customLong("case"),
    help: Phrase("Med --for: sagen.", "With --for: the case.").help(valueName: "ref"))
  var caseReference: String?
  @Option(
    name: .customLong("as"),
    help: Phrase(
      "Med --for: personens rolle i kommunen; ellers den, hun deltager som.",
      "With --for: the person's role in the tenant, else the one in which she takes part."
    ).help(valueName: "role"), completion: .role)
  var role: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let records = try session.replica.records()
    let stock = try session.replica.stock()
    if person == nil, caseReference != nil || role != nil { throw Failure(.usage, .explainWhom) }
    guard person == nil || session.holdsWhatGoverns else { throw Failure(.usage, .explainByStaff) }
    if let person, record == nil { return try foretell(try session.person(person), session, stock) }
    guard let word = record else { return try explainAll(records, session, stock) }
    let matching = records.filter { $0.id.description.hasPrefix(word.lowercased()) }
    guard let record = matching.first, word.count >= 4 else {
      // What was refused may be all that there ever was of a record.
      let works = try session.refused(session.refusedWork(), startingWith: word)
      guard person == nil, !works.isEmpty else { throw Failure(.usage, .noSuchRecord, word) }
      for work in works { session.tell(work) }
      return
    }
    guard matching.count == 1 else { throw Failure(.usage, .severalRecords, word) }
    try session.open([record])
    if let person { return try judge(record, for: try session.person(person), session, stock) }
    try explain(record, session, stock)
  }

  /// Whether somebody would read a record, and the rule that decides.
  private func judge(
    _ record: CaseRecord, for person: Identifier, _ session: Session, _ stock: CaseStock
  ) throws {
    let output = session.output
    let forecast = try session.forecast(for: person, as: try role.map(RoleName.role))
    let verdict = forecast.reading(record)
    // About herself nobody is told more than the server tells her.
    let rule = person == session.me ? verdict.toldRule : verdict.rule
    let name = session.title(of: person, stock, in: record.caseID)
    output.object(
      try session.members(record, stock) + [
        ("person", JSON(person)), ("name", JSON(name)), ("assumed_role", JSON(forecast.role?.name)),
        ("reads", .boolean(verdict.isAllowed)), ("rule", .string(rule.rawValue)),
        ("at", .integer(forecast.instant)),
      ])
    output.line(
      output.say(
        verdict.isAllowed ? .wouldRead : .wouldNotRead, name, session.assumed(forecast.role),
        "\(session.kind(record.kind)) \(session.short(record.id))"))
    output.line("  " + output.say(.byRule, CodeNames.rule(rule.rawValue, in: output.language), rule.rawValue))
    output.line(output.say(.judgedHere))
  }

  /// How much of a case somebody would see.
  private func foretell(_ person: Identifier, _ session: Session, _ stock: CaseStock) throws {
    guard let caseReference else { throw Failure(.usage, .explainWhat) }
    let file = try session.file(caseReference)
    let forecast = try session.forecast(for: person, as: try role.map(RoleName.role))
    session.output.object(
      [("case", JSON(session.reference(file.id))), ("case_id", JSON(file.id))]
        + session.members(forecast, in: file, stock))
    session.output.line(session.line(forecast, in: file, stock))
    session.output.line(session.output.say(.judgedHere))
  }

  private func explainAll(_ records: [CaseRecord], _ session: Session, _ stock: CaseStock) throws {
    let output = session.output
    let pending = try session.replica.pendingRecords()
    let summary = try session.replica.status()
    try session.open(records.filter { pending[$0.id] != nil })
    for record in records {
      guard let since = pending[record.id] else { continue }
      output.object(try session.members(record, stock) + [("unsent_since", .integer(since))])
      output.line(
        output.say(
          .unsentRecord, session.kind(record.kind), session.short(record.id), Clock.text(since),
          session.summary(record, stock).shown(upTo: 70)))
    }
    for work in summary.refused { session.tell(work) }
    if let reason = summary.lastFailure, let at = summary.lastFailureAt {
      output.object([("last_failure", .string(reason)), ("last_failure_at", .integer(at))])
      output.line(output.say(.lastFailure, Clock.text(at), output.label(reason)))
    }
    if pending.isEmpty, summary.refused.isEmpty { output.line(output.say(.nothingWaits)) }
  }

  private func explain(_ record: CaseRecord, _ session: Session, _ stock: CaseStock) throws {
    let output = session.output
    let history = try session.replica.history(of: record.id)
    output.line("\(session.kind(record.kind))  \(record.id)\(try session.mark(record))")
    var fields: [(String, JSON)] = []
    for field in record.kind.definition?.fields ?? [] {
      let values = Self.values(record, field)
      if values.isEmpty || !session.isTold(field, of: record, stock) { continue }
      fields.append((field.name, .array(values.map { session.json($0, of: field) })))
      let texts = values.map { session.text($0, of: field, stock, in: record.caseID).shown }
      output.line("  \(output.field(field.name)): " + texts.joined(separator: " | "))
    }
    output.object(
      try session.members(record, stock) + [
        ("fields", .object(fields)),
        (
          "history",
          .array(
            history.map { line in
              .object([
                ("author", JSON(line.author)), ("written_at", .integer(line.writtenAt)),
                ("received_at", JSON(line.receivedAt)), ("status", .string(line.status)),
              ])
            })
        ),
      ])
    output.line(output.say(.history))
    for line in history {
      let received =
        line.receivedAt.map { output.say(.receivedAt, Clock.text($0)) }
        ?? output.say(.notReceived)
      let written = output.say(.writtenBy, session.author(line.author, stock), Clock.text(line.writtenAt))
      // The word for an offer's answer is another one.
      let status = line.status == "accepted" ? output.say(.acceptedByServer) : output.label(line.status)
      output.line("  \(written), \(received): \(status)")
    }
    for work in try session.replica.status().refused where work.record == record.id {
      output.line("  " + session.line(work))
    }
  }

  private static func values(_ record: CaseRecord, _ field: FieldDefinition) -> [Value] {
    switch field.kind {
    case .set: record.state.elements(field.id)
    case .text: record.value(field).map { [$0] } ?? []
    case .arbitrated: record.state.decided(field.id).map { [$0.value] } ?? []
    default: record.state.values(field.id).map(\.value)
    }
  }
}
