import CRDT
import CaseModel

/// What gives and takes access, as it is listed and ended.
extension Session {
  /// The governing records of a kind in a case, in order of creation.
  func grants(_ kind: RecordKind, in file: CaseFile) -> [CaseRecord] { Self.inOrder(file.all(kind)) }

  /// The records of a table of the register, in order of creation.
  func table(_ kind: RecordKind) throws -> [CaseRecord] {
    Self.inOrder(try replica.stock().register[kind] ?? [])
  }

  private static func inOrder(_ records: [CaseRecord]) -> [CaseRecord] {
    records.sorted { $0.created == $1.created ? $0.id < $1.id : $0.created < $1.created }
  }

  /// Whether this replica holds what decides on access: participations, custody and the tables.
  var holdsWhatGoverns: Bool {
    replica.profile.role.isStaff || replica.profile.role == .dataProtectionOfficer
  }

  /// How a governing record stands now.
  func standing(of record: CaseRecord, _ stock: CaseStock) -> GrantStanding? {
    stock.standing(of: record, at: replica.now(), knowingCustody: holdsWhatGoverns)
  }

  /// Persons for programs; `null` where this replica does not hold what tells who they are.
  func persons(_ persons: [Identifier]?) -> JSON {
    guard holdsWhatGoverns, let persons else { return .null }
    return .array(persons.map { JSON($0) })
  }

  /// Lists governing records with number, standing, and what they say.
  func list(grants records: [CaseRecord]) throws {
    let stock = try replica.stock()
    var rows: [[String]] = []
    try keepNumbers(of: records)
    for (place, record) in try open(records).enumerated() {
      output.object(try grantMembers(record, stock))
      let standing = standing(of: record, stock).map { output.label($0.rawValue) } ?? "–"
      let mark = try replica.isPending(record.id) ? " (\(output.say(.proposalMark)))" : ""
      rows.append([
        String(place + 1), short(record.id), standing + mark, describe(record, stock),
      ])
    }
    output.table(rows)
  }

  /// What programs are told of a governing record: how it stands, and every field of its kind.
  func grantMembers(_ record: CaseRecord, _ stock: CaseStock) throws -> [(String, JSON)] {
    var names: [(String, JSON)] = []
    for id in identifiers(of: record) where !names.contains(where: { $0.0 == id.description }) {
      names.append((id.description, JSON(title(of: id, stock, in: record.caseID))))
    }
    return [
      ("record", JSON(record.id)), ("kind", JSON(record.kind.definition?.name)),
      ("case", JSON(reference(record.caseID))), ("case_id", JSON(record.caseID)),
      ("standing", JSON(standing(of: record, stock)?.rawValue)),
      ("pending", .boolean(try replica.isPending(record.id))),
    ] + (record.kind.definition?.fields ?? []).map { ($0.name, member($0, of: record)) }
      + [("names", .object(names))]
  }

  private func member(_ field: FieldDefinition, of record: CaseRecord) -> JSON {
    if record.kind == .protectedContact, field == Field.ProtectedContact.text { return JSON(masked(record)) }
    if isUnissued(field, of: record) { return .null }
    if record.kind == .decision, field == Field.Decision.complaintUntil {
      return JSON(ComplaintPeriod(of: record)?.until)
    }
    if record.kind == .decision, field == Field.Decision.amount {
      return record.decisionAmount.map { .integer(Int64($0)) } ?? .null
    }
    if field.kind == .set {
      return .array(record.state.elements(field.id).map { json($0, of: field) })
    }
    return record.value(field).map { json($0, of: field) } ?? .null
  }

  /// Whether a field tells of a decision's issue, and the decision is not issued: it never was, or what was
  /// issued does not stand any more.
  private func isUnissued(_ field: FieldDefinition, of record: CaseRecord) -> Bool {
    let telling = [Field.Decision.issuedBy, Field.Decision.issuedOn, Field.Decision.complaintBody]
    return record.kind == .decision && telling.contains(field) && !record.isIssued
  }

  private func identifiers(of record: CaseRecord) -> [Identifier] {
    (record.kind.definition?.fields ?? []).filter { $0.valueType == .identifier }.flatMap { field in
      field.kind == .set ? record.identifiers(field) : [record.identifier(field)].compactMap { $0 }
    }
  }

  /// What a governing record says, on one line.
  func describe(_ record: CaseRecord, _ stock: CaseStock) -> String {
    says(record, stock).joined(separator: "; ")
  }

  /// What a governing record says, field by field.
  func says(_ record: CaseRecord, _ stock: CaseStock) -> [String] {
    (record.kind.definition?.fields ?? []).compactMap { field -> String? in
      guard !Self.untold.contains(field.name), !isUnissued(field, of: record) else { return nil }
      if record.kind == .protectedContact, field == Field.ProtectedContact.text {
        return masked(record).map { "\(output.label(field.name)): \($0.shown)" }
      }
      if record.kind == .decision, field == Field.Decision.complaintUntil {
        return ComplaintPeriod(of: record).map { "\(output.label(field.name)): \(text($0))" }
      }
      // An amount that nobody gave is none.
      if record.kind == .decision, field == Field.Decision.amount, record.decisionAmount == nil { return nil }
      let values =
        field.kind == .set ? record.state.elements(field.id) : [record.value(field)].compactMap { $0 }
      if values.isEmpty { return nil }
      let texts = values.map { text($0, of: field, stock, in: record.caseID).shown }.joined(separator: ", ")
      return "\(output.label(field.name)): \(texts)"
    }
  }

  /// Until when the parties may complain, as far as it is known.
  private func text(_ period: ComplaintPeriod) -> String {
    period.until?.description ?? output.say(.complaintFromDelivery, String(period.dayCount))
  }

  /// What lists do not repeat: the standing tells it.
  private static let untold: Set = ["ended", "status", "withdrawals", "cases", "evidence", "form"]

  /// A value of a governing field for people.
  func text(
    _ value: Value, of field: FieldDefinition, _ stock: CaseStock, in caseID: Identifier?
  ) -> String {
    switch value {
    case .integer(let number):
      let meaning = NumberMeaning(field)
      if case .instant = meaning { return Clock.text(number) }
      if let name = meaning.name(number) { return output.label(name) }
    case .identifier(let id): return title(of: id, stock, in: caseID)
    default: break
    }
    return text(value, of: field, stock)
  }

  /// Ends governing records and tells of the first.
  func end(_ record: CaseRecord, _ options: WriteOptions, in file: CaseFile?) async throws {
    guard let draft = CaseWork.end(governing: record) else {
      throw Failure(.usage, .noSuchRecord, short(record.id))
    }
    let stock = try replica.stock()
    if let ended = record.kind.definition?.field(named: "ended"), record.hasElements(ended) {
      throw Failure(.usage, .endedAlready, kind(record.kind).capitalisedFirst)
    }
    try open([record])
    try await save(
      [draft], options, output.say(.grantEnded, kind(record.kind).capitalisedFirst, describe(record, stock)),
      governed(draft, in: file))
  }

  /// What programs are told of a governing record that was written.
  func governed(_ draft: RecordDraft, in file: CaseFile?) -> [(String, JSON)] {
    if let file { return recorded(draft, in: file).members }
    return [("record", JSON(draft.id)), ("kind", .string(draft.kind.definition?.name ?? ""))]
  }

  /// Saves a record of a table of the register and tells of it.
  func save(table draft: RecordDraft, _ options: WriteOptions) async throws {
    try await save(
      [draft], options, output.say(.inRegister, kind(draft.kind).capitalisedFirst), governed(draft, in: nil))
  }
}

extension Session {
  /// Says that nothing was to be changed.
  func sayUnchanged(_ draft: RecordDraft, in file: CaseFile) {
    output.object(governed(draft, in: file) + [("saved", false)])
    output.line(output.say(.nothingChanged))
  }
}
