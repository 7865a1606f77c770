import CRDT
import CaseModel
import Storage
import WireProtocol

extension RefusedWork {
  /// What an entry was, as far as its parts are known in the store.
  ///
  /// - Parameter isShown: whether its texts may be shown.
  init(_ entry: RefusedEntry, in store: ReplicaStore, isShown: Bool = true) throws {
    let change = entry.entry.changes.first { $0.header.record == entry.record }
    let kind = try change.flatMap { try store.kind(of: $0) } ?? store.record(entry.record)?.kind
    self.init(
      record: entry.record, kind: kind, code: entry.refusal.code.name, at: entry.writtenAt,
      texts: isShown ? try entry.entry.changes.flatMap { try $0.texts(of: store.kind(of: $0)) } : [],
      isSealed: change == nil, reason: entry.reason?.name)
  }
}

extension ReplicaStore {
  /// Of what kind the record of a change is, as far as that is known here.
  fileprivate func kind(of change: EncodedChange) throws -> RecordKind? {
    if let creation = change.header.creates { return RecordKind(rawValue: creation.kind) }
    return try record(change.header.record)?.kind
  }
}

extension EncodedChange {
  /// The texts that it writes.
  var texts: [String] {
    let operations = (try? Payload(encoded: payload).operations) ?? []
    return operations.compactMap { operation in
      switch operation.action {
      case .assign(.text(let text)): return text
      case .edit(let edit): return edit.text.isEmpty ? nil : edit.text
      default: return nil
      }
    }
  }

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
