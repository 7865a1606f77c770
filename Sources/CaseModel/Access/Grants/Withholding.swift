import CRDT

/// What is withheld from one person, as its record says it.
struct Withholding: Sendable, Hashable {
  /// From whom.
  let person: Identifier
  /// Which records.
  let records: [Identifier]
  /// All records about these persons.
  let subjects: [Identifier]
  /// Whether it is the whole case: any element says so.
  let isWholeCase: Bool

  /// Reads a withholding; `nil` when it does not say from whom. Once lifted it holds nothing.
  init?(_ record: CaseRecord) {
    guard let person = record.identifier(Field.Withholding.person) else { return nil }
    self.person = person
    records = record.identifiers(Field.Withholding.records)
    subjects = record.identifiers(Field.Withholding.subjects)
    isWholeCase = record.hasElements(Field.Withholding.cases)
  }

  /// Whether nothing is withheld any more.
  var isEmpty: Bool { records.isEmpty && subjects.isEmpty && !isWholeCase }
}
