import CRDT
import CaseModel
import Foundation

/// The synthetic caseload of autumn 2019 to September 2020, and ways to bring one in.
enum Caseload {
  static let importer = Identifier(77)

  static var shipped: String {
    get throws {
      let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Data/caseload-2020.jsonl")
      return try String(contentsOf: file, encoding: .utf8)
    }
  }

  static func parse(_ text: String) -> CaseloadFile { CaseloadImport.parse(Array(text.utf8)) }

  static func plan(_ text: String, existing: Set<Identifier> = []) -> CaseloadPlan {
    CaseloadImport.plan(
      parse(text).events, importer: importer, as: .leader, existing: existing, identify: Identifier.hash)
  }

  static func imported(_ text: String) -> Ledger {
    var ledger = Ledger()
    for entry in plan(text).entries { ledger.write(entry, by: importer) }
    return ledger
  }
}
