import CRDT
import CaseModel
import Testing

extension Ledger {
  /// Writes a draft, and tells what it did as the history does.
  mutating func edits(writing draft: RecordDraft) throws -> [Reversal.Edit] {
    let before = self[draft.id]
    write(draft)
    let after = try #require(self[draft.id])
    func values(_ record: CaseRecord?, _ operation: Operation) -> [Value] {
      guard let record else { return [] }
      switch operation.kind {
      case .set: return record.state.elements(operation.field)
      case .text:
        let text = record.state.text(operation.field).string
        return text.isEmpty ? [] : [.text(text)]
      default: return record.state.values(operation.field).map(\.value)
      }
    }
    var seen: Set<FieldID> = []
    return draft.operations.filter { seen.insert($0.field).inserted }.map {
      Reversal.Edit(field: $0.field, before: values(before, $0), after: values(after, $0))
    }
  }
}

extension CaseRecord {
  /// What each field of the record's kind shows.
  var shown: [[Value]] {
    (kind.definition?.fields ?? []).map { field in
      switch field.kind {
      case .set: state.elements(field.id).sorted { "\($0)" < "\($1)" }
      case .text: [.text(state.text(field.id).string)]
      default: [value(field)].compactMap { $0 }.filter { $0 != .null }
      }
    }
  }
}
