import ArgumentParser
import CRDT
import CaseModel
import SyncClient

extension Session {
  /// The disagreements, in an order that stays while they stay.
  func conflicts() throws -> [RecordConflict] {
    let records = try replica.records().sorted { $0.id < $1.id }
    return disagreements(in: records, try replica.stock())
  }

  /// Those of some records that the user is told of, in the order of the records.
  func disagreements(in records: some Sequence<CaseRecord>, _ stock: CaseStock) -> [RecordConflict] {
    RecordConflict.all(in: records).filter { conflict in
      conflict.isDisagreement
        && isTold(conflict.record.kind.definition?.field(conflict.field), of: conflict.record, stock)
    }
  }

  /// How many wait for a person: what `kos conflicts` shows.
  func conflictCount() throws -> Int { try conflicts().count + semanticConflicts().count }

  /// What tells the conflicts of the inbox from each other, in its order: their numbers mean them.
  func names(_ conflicts: [RecordConflict], _ semantic: [SemanticConflict]) -> [Identifier] {
    let fields = conflicts.map { replica.identifier(named: "conflict \($0.record.id):\($0.fieldName)") }
    let rules = semantic.map { conflict -> Identifier in
      let records = conflict.records.map(\.description).joined(separator: " ")
      return replica.identifier(named: "conflict \(conflict.rule.rawValue) \(records)")
    }
    return fields + rules
  }

  /// The list of what waits, whose numbers `kos resolve` takes.
  static let inbox = "conflicts"

  /// Who wrote a value.
  func author(of operation: LiveOperation) throws -> String {
    let author = try replica.name(of: operation.context.origin?.author ?? operation.context.author)
    return self.author(author, try replica.stock())
  }

  /// What records of a case break together and nobody has settled, case by case in order of label.
  func semanticConflicts() throws -> [SemanticConflict] {
    try replica.stock().cases.flatMap(\.semanticConflicts)
  }

  /// What was settled, case by case in order of label.
  func settledConflicts() throws -> [(conflict: SemanticConflict, settlement: CaseRecord)] {
    try replica.stock().cases.flatMap(\.settledConflicts)
  }

  /// Who wrote a value, for which organisation, with which device, and when.
  func provenance(
    of operation: LiveOperation, _ author: String, _ stock: CaseStock
  ) -> [(String, JSON)] {
    let context = operation.context
    let person = context.origin?.author ?? context.author
    let works = stock.register[.person]?.first { $0.id == person }?.identifier(Field.Person.organisation)
    let organisation = stock.register[.organisation]?.first { $0.id == works }
    return [
      ("author", JSON(author)), ("organisation", JSON(organisation?.text(Field.Organisation.name))),
      ("device", .string((context.origin?.id ?? context.id).actor.description)),
      ("written_at", .integer(context.origin?.writtenAt ?? context.writtenAt)),
      ("received_at", JSON(context.receivedAt)),
    ]
  }
}
