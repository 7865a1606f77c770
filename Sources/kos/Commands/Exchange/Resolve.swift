import ArgumentParser
import CRDT
import CaseModel

/// Settles a conflict with all values seen.
struct Resolve: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Afgør en konflikt med en af dens værdier eller en ny.",
      "Settle a conflict with one of its values or a new one."
    ).said)

  @Argument(
    help: Phrase(
      "Dens nummer i conflicts, eller post:felt; en afgørelses id i conflicts --settled.",
      "Its number in conflicts, or record:field; a settlement's id in conflicts --settled."
    ).help())
  var conflict: String
  @Option(
    help: Phrase("Nummeret på den værdi, der bliver stående.", "The number of the value that stays.").help())
  var value: Int?
  @Option(help: Phrase("En ny værdi.", "A new value.").help())
  var text: String?
  @Flag(
    help: Phrase(
      "Poster, der tilsammen bryder en regel: det skal stå, som det er.",
      "Records that break a rule together: it stands as it is."
    ).help())
  var accept = false
  @Flag(help: Phrase("Ligeså: det er rettet.", "Likewise: it was corrected.").help())
  var corrected = false
  @Option(help: Phrase("Hvorfor det står eller er rettet.", "Why it stands or was corrected.").help())
  var reason: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    if accept || corrected { return try await settle(session) }
    guard (value == nil) != (text == nil) else { throw Failure(.usage, .resolveHow) }
    let found = try find(session.conflicts(), session)
    try session.open([found.record])
    let chosen = try choose(found)
    var change = RecordDraft.change(found.record)
    change.operations.append(Operation(field: found.field, action: .assign(chosen)))
    let field = found.record.kind.definition?.field(found.field)
    try await session.save(
      [change], write, session.output.say(.resolved),
      [
        ("record", JSON(found.record.id)), ("field", .string(found.fieldName)),
        ("content", session.json(chosen, of: field)),
      ])
  }

  /// Settles what records break together.
  private func settle(_ session: Session) async throws {
    guard accept != corrected, value == nil, text == nil, let reason, !reason.allSatisfy(\.isWhitespace)
    else { throw Failure(.usage, .settleHow) }
    let found = try broken(session)
    try session.open(found.evidence.map(\.record))
    let draft = CaseWork.settle(
      found, id: session.replica.newIdentifier(), isAccepted: accept, reason: reason, on: session.day(nil))
    try await session.save(
      [draft], write, session.output.say(.settled),
      [
        ("record", JSON(draft.id)), ("rule", .string(found.rule.rawValue)),
        ("outcome", .string(accept ? Code.accepted : "corrected")),
      ])
  }

  /// What records break together that was meant: by its number in the inbox, or by the settlement that is
  /// revised.
  private func broken(_ session: Session) throws -> SemanticConflict {
    let semantic = try session.semanticConflicts()
    if let number = try inboxNumber(session) {
      let place = try number - 1 - session.conflicts().count
      guard semantic.indices.contains(place) else { throw Failure(.usage, .noSuchRecord, conflict) }
      return semantic[place]
    }
    let word = conflict.lowercased()
    let found = try session.settledConflicts().filter { $0.settlement.id.description.hasPrefix(word) }
    guard let first = found.first, word.count >= 4 else { throw Failure(.usage, .noSuchRecord, conflict) }
    guard found.count == 1 else { throw Failure(.usage, .severalRecords, conflict) }
    return first.conflict
  }

  /// The number in the inbox that was typed; `nil` when something else was.
  ///
  /// - Throws: `Failure` where it meant another conflict when the inbox was shown last.
  private func inboxNumber(_ session: Session) throws -> Int? {
    guard conflict.count < 4, let number = Int(conflict) else { return nil }
    let fields = try session.conflicts()
    let semantic = try session.semanticConflicts()
    let names = session.names(fields, semantic)
    guard names.indices.contains(number - 1) else { throw Failure(.usage, .noSuchRecord, conflict) }
    try session.check(number, means: names[number - 1], in: Session.inbox) {
      if let field = fields.dropFirst(number - 1).first {
        return "\(session.kind(field.record.kind)) \(session.short(field.record.id)):\(field.fieldName)"
      }
      let rule = semantic.dropFirst(number - 1 - fields.count).first?.rule.rawValue ?? ""
      return session.output.label(rule)
    }
    return number
  }

  private func find(_ conflicts: [RecordConflict], _ session: Session) throws -> RecordConflict {
    if let number = try inboxNumber(session) {
      guard conflicts.indices.contains(number - 1) else { throw Failure(.usage, .resolveRule, conflict) }
      return conflicts[number - 1]
    }
    let parts = conflict.split(separator: ":", maxSplits: 1).map { $0.lowercased() }
    let found = conflicts.filter { candidate in
      parts.count == 2 && candidate.fieldName == parts[1]
        && candidate.record.id.description.hasPrefix(parts[0])
    }
    guard let first = found.first else { throw Failure(.usage, .noSuchRecord, conflict) }
    guard found.count == 1 else { throw Failure(.usage, .severalRecords, conflict) }
    return first
  }

  private func choose(_ conflict: RecordConflict) throws -> Value {
    if let value {
      guard conflict.operations.indices.contains(value - 1) else {
        throw Failure(.usage, .badNumber, String(conflict.operations.count))
      }
      return conflict.operations[value - 1].value
    }
    let text = text ?? ""
    let parsed: Value? =
      switch conflict.record.kind.definition?.field(conflict.field)?.valueType {
      case .text, .label, .code, nil: .text(text)
      case .day: CalendarDay(argument: text).map { .integer(Int64($0.dayNumber)) }
      case .integer: Int64(text).map(Value.integer)
      case .boolean: ["true": true, "false": false][text].map(Value.boolean)
      case .identifier: Identifier(text).map(Value.identifier)
      case .bytes: nil
      }
    guard let parsed else { throw Failure(.usage, .badValue, text, conflict.fieldName) }
    return parsed
  }
}
