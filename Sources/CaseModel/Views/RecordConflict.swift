public import CRDT

/// A register that holds several values written without knowledge of each other. A person settles it by
/// writing with all of them seen.
public struct RecordConflict: Sendable, Hashable {
  /// The record.
  public let record: CaseRecord
  /// The field's number.
  public let field: FieldID
  /// The values with who wrote them when, the one that is shown first in front. At least two.
  public let operations: [LiveOperation]

  /// The field's English name; `field-` and its number for one that this version does not know.
  public var fieldName: String {
    record.kind.definition?.field(field)?.name ?? "field-\(field.rawValue)"
  }

  /// Whether the values differ; the same value written twice needs nobody's decision.
  public var isDisagreement: Bool { Set(operations.map(\.value)).count > 1 }

  /// The conflicts of records, in their order and then by field.
  public static func all(in records: some Sequence<CaseRecord>) -> [RecordConflict] {
    records.flatMap { record in
      record.state.conflicts.map { field in
        RecordConflict(record: record, field: field, operations: record.state.values(field))
      }
    }
  }
}
