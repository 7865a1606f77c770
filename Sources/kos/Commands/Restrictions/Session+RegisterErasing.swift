import CRDT
import CaseModel

/// Erasing from the register.
extension Session {
  /// The records of the register, also those that were entered in error: they count nowhere, and what they
  /// said is in the log until it is erased.
  func wholeRegister() throws -> [CaseRecord] {
    try replica.records().filter { $0.kind.home == .register }
  }

  /// The records of the register that words name.
  func ofRegister(
    persons: [String], organisations: [String], records: [String]
  ) throws -> [CaseRecord] {
    let all = try wholeRegister()
    func found(_ id: Identifier, _ kind: RecordKind, _ word: String) throws -> CaseRecord {
      guard let record = all.first(where: { $0.id == id && $0.kind == kind }) else {
        throw Failure(.usage, .noSuchRecord, word)
      }
      return record
    }
    let named =
      try persons.map { try found(person($0), .person, $0) }
      + organisations.map { try found(organisation($0), .organisation, $0) }
      + records.map { try record($0, in: all, of: .unnumbered) }
    var seen: Set<Identifier> = []
    return named.filter { seen.insert($0.id).inserted }
  }

  /// What gives and takes access is not erased, but for a protected contact, and no workflow.
  func refuseGoverning(_ records: [CaseRecord]) throws {
    if let governing = records.first(where: { $0.kind.governsAccess && !$0.kind.isErasedFromCase }) {
      throw Failure(.usage, .erasesNoRights, kind(governing.kind))
    }
    guard records.contains(where: { $0.kind == .workflow }) else { return }
    throw Failure(.usage, .erasesNoWorkflow)
  }

  /// Refuses to erase whom something that counts names, and says what does, as far as this replica holds it.
  ///
  /// An error names persons and cases by their numbers alone: it may end up where no name must.
  func refuseStillNamed(_ records: [CaseRecord]) throws {
    let forecast = try forecast(for: me)
    let kinds = Dictionary(
      try replica.records().map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
    for record in records {
      if record.id == me { throw Failure(.usage, .erasesNotYou) }
      let namings = forecast.namings(of: record.id)
      guard !namings.isEmpty else { continue }
      let told = namings.map { naming in
        let kind = kinds[naming.record].map(self.kind) ?? short(naming.record)
        return "\(kind) \(short(naming.record))" + (naming.caseID.map { " (\(short($0)))" } ?? "")
      }
      throw Failure(.usage, .erasesNobodyNamed, short(record.id), told.joined(separator: ", "))
    }
  }

  /// Tells which records of the register would be erased, who reads them now, and what follows.
  ///
  /// - Parameter unseen: how many more there are that are not here.
  /// - Returns: the same for programs.
  func tell(erasingFromRegister records: [CaseRecord], unseen: Int = 0) throws -> [(String, JSON)] {
    let stock = try replica.stock()
    for record in records {
      let said = record.kind == .person ? name(record.id, stock) : summary(record, stock)
      output.line("  \(short(record.id))  \(kind(record.kind))  \(said)")
    }
    output.line(output.say(.erasesFromAll))
    if records.contains(where: { $0.kind == .person || $0.kind == .organisation }) {
      output.line(output.say(.erasesNameOnly))
    }
    if unseen > 0 { output.line(output.say(.erasesUnseenOfRegister, String(unseen))) }
    return [("records", .array(records.map { JSON($0.id) }))]
  }
}
