public import CRDT

/// One case as a person reads it: typed views over those of its records that the person holds.
public struct CaseFile: Sendable, Hashable {
  /// A participant record with what it says.
  public struct Member: Sendable, Hashable {
    /// The record.
    public let record: CaseRecord
    /// Who takes part as what.
    public let part: Participation
  }

  /// The case id, which is its head's record id.
  public let id: Identifier
  /// All records in the case's file, by kind, each kind in order of day and id; records without a day first.
  /// Those that were entered in error are among them: they are read, exported and erased as all others.
  public let records: [RecordKind: [CaseRecord]]
  /// Those that count.
  private let counted: [RecordKind: [CaseRecord]]
  /// External updates under the aliases of the case, oldest first.
  public let updates: [CaseRecord]

  /// Makes the view of a case.
  ///
  /// - Parameter records: records of any cases and of the register; those of other cases are left out.
  public init(id: Identifier, records: some Sequence<CaseRecord>) {
    var own: [RecordKind: [CaseRecord]] = [:]
    var underAlias: [CaseRecord] = []
    for record in records {
      if record.kind.home == .alias {
        underAlias.append(record)
      } else if record.caseID == id {
        own[record.kind, default: []].append(record)
      }
    }
    let aliases = Set((own[.participant] ?? []).compactMap { $0.identifier(Field.Participant.alias) })
    self.init(
      id: id, own: own,
      updates: underAlias.filter { update in
        update.kind == .externalUpdate && update.caseID.map(aliases.contains) == true
      })
  }

  /// Makes the view of records that are known to be the case's.
  init(id: Identifier, own: [RecordKind: [CaseRecord]], updates: [CaseRecord]) {
    self.id = id
    let records = own.mapValues(Self.inOrder)
    self.records = records
    counted = Self.counted(records)
    self.updates = Self.inOrder(updates)
  }

  /// The records of a kind, without those that were entered in error.
  public func all(_ kind: RecordKind) -> [CaseRecord] { counted[kind] ?? [] }

  private static func counted(_ records: [RecordKind: [CaseRecord]]) -> [RecordKind: [CaseRecord]] {
    var counted = records
    // Hardly any case has one, and what is not written to here is not copied.
    for (kind, held) in records where held.contains(where: \.isEnteredInError) {
      counted[kind] = held.filter { !$0.isEnteredInError }
    }
    return counted
  }

  private static func inOrder(_ records: [CaseRecord]) -> [CaseRecord] {
    // Of most kinds a case has one.
    if records.count < 2 { return records }
    // No day sorts first.
    return records.sorted(by: { $0.happenedOn.map { Int($0.dayNumber) } ?? .min }, then: \.id)
  }
}
