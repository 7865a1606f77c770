public import CRDT

/// All that a person holds: the register, and the case stock with one file a case.
public struct CaseStock: Sendable {
  /// The cases by id.
  public let files: [Identifier: CaseFile]
  /// The records of the tenant register by kind, in order of id, without those that were entered in error.
  public let register: [RecordKind: [CaseRecord]]
  /// Updates and receipts under aliases, by alias: all that an external reporter holds.
  public let underAlias: [Identifier: [CaseRecord]]

  /// Sorts records into the register, the cases and the aliases; records of unknown kinds are left out.
  ///
  /// - Complexity: O(n log n)
  public init(records: some Sequence<CaseRecord>) {
    var cases: [Identifier: [RecordKind: [CaseRecord]]] = [:]
    var register: [RecordKind: [CaseRecord]] = [:]
    var underAlias: [Identifier: [CaseRecord]] = [:]
    for record in records {
      switch (record.kind.home, record.caseID) {
      case (.register, nil):
        if !record.isEnteredInError { register[record.kind, default: []].append(record) }
      case (.caseFile, let caseID?): cases[caseID, default: [:]][record.kind, default: []].append(record)
      case (.alias, let alias?): underAlias[alias, default: []].append(record)
      default: break
      }
    }
    var files: [Identifier: CaseFile] = [:]
    for (caseID, own) in cases {
      let aliases = Set((own[.participant] ?? []).compactMap { $0.identifier(Field.Participant.alias) })
      let updates = aliases.flatMap { underAlias[$0] ?? [] }.filter { $0.kind == .externalUpdate }
      files[caseID] = CaseFile(id: caseID, own: own, updates: updates)
    }
    self.files = files
    self.register = register.mapValues { $0.sorted { $0.id < $1.id } }
    self.underAlias = underAlias
  }

  /// The cases in order of label, then id.
  public var cases: [CaseFile] { files.values.sorted(by: { $0.label ?? "" }, then: \.id) }

  /// What a person is called; `nil` when the register does not say.
  public func name(of person: Identifier) -> String? {
    register[.person]?.first { $0.id == person }?.text(Field.Person.name)
  }
}
