import CRDT
import CaseModel
import Storage
import WireProtocol

/// What is shown of changes that are not accepted: refused, held, or waiting for a decision.
extension ReplicaStore {
  /// All that a person wrote with them. A field of a record that cannot be read stands without its name.
  func texts(of changes: [EncodedChange]) -> [String] {
    changes.flatMap { $0.texts(of: try? kind(of: $0)) }
  }

  /// The records that they write to, each once, and of what kind and case these are where that is known.
  func records(of changes: [EncodedChange]) -> [(id: Identifier, kind: RecordKind?, caseID: Identifier?)] {
    var records: [(id: Identifier, kind: RecordKind?, caseID: Identifier?)] = []
    for header in changes.map(\.header) where !records.contains(where: { $0.id == header.record }) {
      let known = try? record(header.record)
      records.append(
        (
          id: header.record, kind: header.creates.map { RecordKind(rawValue: $0.kind) } ?? known?.kind,
          caseID: header.creates?.caseID ?? known?.caseID
        ))
    }
    return records
  }

  /// Of what kind the record of a change is, as far as that is known here.
  func kind(of change: EncodedChange) throws -> RecordKind? {
    if let creation = change.header.creates { return RecordKind(rawValue: creation.kind) }
    return try record(change.header.record)?.kind
  }
}

extension EncodedChange {
  /// All that a person wrote with it: texts as they are, and what is decided, such as an amount, with its
  /// field's name.
  func texts(of kind: RecordKind?) -> [String] {
    let operations = (try? Payload(encoded: payload).operations) ?? []
    return operations.compactMap { operation in
      if case .edit(let edit) = operation.action { return edit.text.isEmpty ? nil : edit.text }
      guard let value = operation.keptValue else { return nil }
      if case .text(let text) = value { return text.isEmpty ? nil : text }
      // Other registers are the program's: when something was, and for which day it counts.
      guard case .decide = operation.action else { return nil }
      return Self.text(of: value, in: kind?.definition?.field(operation.field))
    }
  }

  private static func text(of value: Value, in field: FieldDefinition?) -> String? {
    switch value {
    case .integer(let number):
      let day = field?.valueType == .day ? try? CalendarDay(dayNumber: number).description : nil
      return [field?.name, day ?? String(number)].compactMap { $0 }.joined(separator: ": ")
    case .boolean(let isSo): return [field?.name, String(isSo)].compactMap { $0 }.joined(separator: ": ")
    case .null, .text, .bytes, .identifier, .unknown: return nil
    }
  }
}
