import CRDT
import CaseModel
import SyncClient

extension Session {
  /// What a person is called.
  func name(_ person: Identifier?, _ stock: CaseStock) -> String {
    guard let person else { return output.say(.unknownPerson) }
    if person == me { return replica.profile.personName.shown }
    if let name = stock.name(of: person) { return name.shown }
    return stock.isErased(person) ? output.say(.erasedPerson) : String(person.description.prefix(8))
  }

  /// Who wrote something, as a history tells it: by the number where she has no name any more.
  func author(_ told: String, _ stock: CaseStock) -> String {
    guard let id = Identifier(told), stock.isErased(id) else { return told.shown }
    return output.say(.erasedPerson)
  }

  /// A role in the reader's language.
  func role(_ role: Role) -> String { output.label(role.name ?? String(role.rawValue)) }

  /// The local reference of a case or an alias.
  func reference(_ caseID: Identifier?) -> String? {
    guard let caseID else { return nil }
    return (try? replica.reference(of: caseID)) ?? String(caseID.description.prefix(8))
  }

  /// The case that a record belongs to; of an update under an alias the case behind it, where that is known.
  func home(of record: CaseRecord, _ stock: CaseStock) -> Identifier? {
    guard record.kind == .externalUpdate else { return record.caseID }
    return stock.files.values.first { $0.updates.contains { $0.id == record.id } }?.id ?? record.caseID
  }

  /// The first that a record says, on one line.
  func summary(_ record: CaseRecord, _ stock: CaseStock) -> String {
    if record.isEnteredInError { return output.label(Code.enteredInError) }
    switch record.kind {
    case .participant:
      guard let part = Participation(record) else { return "" }
      return "\(name(part.person, stock)), \(role(part.role))"
    case .disclosure:
      // To whom is a code or a name.
      let told = record.text(Field.Disclosure.recipientLabel) ?? record.text(Field.Disclosure.form)
      return told.map(output.label) ?? ""
    case .step:
      let file = record.caseID.flatMap { stock.files[$0] }
      let code = record.text(Field.Step.step) ?? ""
      let step = file.flatMap { workflow(of: $0, stock).steps.first { $0.code == code } }
      return step.map { output.text($0.title).shown } ?? output.label(code)
    case .allocation: return name(record.identifier(Field.Allocation.coordinator), stock)
    case _ where record.kind.isGoverned && record.kind >= .consent: return describe(record, stock)
    case .eligibility:
      let child = record.identifier(Field.Eligibility.child)
      let found = record.caseID.flatMap { stock.files[$0] }?.children.first { $0.id == child }
      let outcome = record.text(Field.Eligibility.outcome).map { ", " + output.label($0) } ?? ""
      return (found?.text(Field.Child.name)?.shown ?? "") + outcome
    default:
      let fields = record.kind.definition?.fields ?? []
      for type in [FieldDefinition.ValueType.text, .label, .code] {
        for field in fields where field.valueType == type && field.kind != .set {
          if let text = record.text(field) { return type == .code ? output.label(text) : text.shown }
        }
      }
      return ""
    }
  }

  /// A value for people.
  func text(_ value: Value, of field: FieldDefinition?, _ stock: CaseStock) -> String {
    switch value {
    case .null: return "–"
    case .boolean(let boolean): return output.say(boolean ? .yes : .no)
    case .integer(let number):
      if field?.valueType == .day, let day = try? CalendarDay(dayNumber: number) { return day.description }
      guard let field, case .money = NumberMeaning(field), let amount = Int(exactly: number) else {
        return String(number)
      }
      // A decision that is not about money holds 0, and not an amount that anybody gave.
      if amount == 0, field == Field.Decision.amount { return "–" }
      return Money(amount: amount).text(in: output.language)
    case .text(let text):
      if field == Field.Goal.asAgreed, let agreed = AgreedGoal(element: text) {
        let rank = output.say(.family, agreed.familyRank.map(String.init) ?? "–")
        return "\((agreed.title ?? "–").shownBlock) (\(rank))"
      }
      guard field?.valueType == .code else { return Self.masked(text, of: field).shownBlock }
      return field == Field.Task.status ? CodeNames.task(text, in: output.language) : output.label(text)
    case .identifier(let id):
      if let name = stock.name(of: id) { return name.shown }
      return stock.isErased(id) ? output.say(.erasedEntry) : id.description
    case .bytes(let bytes), .unknown(let bytes): return "(\(bytes.count) bytes)"
    }
  }

  /// A value for programs.
  func json(_ value: Value, of field: FieldDefinition?) -> JSON {
    switch value {
    case .null: return .null
    case .boolean(let boolean): return .boolean(boolean)
    case .integer(let number):
      if field?.valueType == .day, let day = try? CalendarDay(dayNumber: number) { return JSON(day) }
      if let name = field.flatMap({ NumberMeaning($0).name(number) }) { return .string(name) }
      return .integer(number)
    case .text(let text): return JSON(Self.masked(text, of: field))
    case .identifier(let id): return JSON(id)
    case .bytes(let bytes), .unknown(let bytes):
      return .string(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }
  }

  /// What programs are told of any record in a list.
  func members(_ record: CaseRecord, _ stock: CaseStock) throws -> [(String, JSON)] {
    let home = home(of: record, stock)
    return [
      ("record", JSON(record.id)), ("case", JSON(reference(home))), ("case_id", JSON(home)),
      ("kind", .string(record.kind.definition?.name ?? "kind-\(record.kind.rawValue)")),
      ("day", JSON(record.happenedOn)), ("text", JSON(summary(record, stock))),
      ("pending", .boolean(try replica.isPending(record.id))),
    ]
  }

  /// The short form of an id that people type.
  func short(_ id: Identifier) -> String { String(id.description.prefix(8)) }

  /// A mark behind what the server does not have yet, and behind what was taken back.
  func mark(_ record: CaseRecord) throws -> String {
    let isPending = try replica.isPending(record.id)
    let marks =
      (try record.isEnteredInError || isTakenBack(record) ? [output.label(Code.enteredInError)] : [])
      + (isPending ? [output.say(.pending)] : [])
    return marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
  }

  /// Whether a note, or a file that belongs to one, was taken back: its author alone still has it.
  func isTakenBack(_ record: CaseRecord) throws -> Bool {
    guard record.kind == .note || record.kind == .attachment, let caseID = record.caseID else { return false }
    return try replica.stock().files[caseID]?.takenBack.contains(record.id) ?? false
  }

  /// What a record's kind is called.
  func kind(_ kind: RecordKind) -> String { output.label(kind.definition?.name ?? "kind-\(kind.rawValue)") }
}
