import CRDT
import CaseModel

/// The sizes and values of the workloads on fields: 100 records × 100 updates over 20 fields, with values of
/// about 40 characters.
enum FieldUpdates {
  static let records = 100
  static let updatesPerRecord = 100
  static let fields = 20
  static let total = records * updatesPerRecord

  /// The field that an update writes; numbers that no kind of this version uses.
  static func field(_ update: Int) -> FieldDefinition {
    FieldDefinition(UInt32(1_000 + update % fields), "field\(update % fields)", .text)
  }

  /// About 40 characters, different in each update.
  static func value(record: Int, update: Int) -> String {
    "value \(record) \(update) some text of a case note"
  }
}
