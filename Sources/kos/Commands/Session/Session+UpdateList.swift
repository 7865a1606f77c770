import ArgumentParser
import CRDT
import CaseModel

extension Session {
  /// All updates, oldest first, each with its case where that is known here and else with its alias.
  func updates(_ stock: CaseStock) -> [(caseID: Identifier, update: CaseRecord)] {
    var cases: [Identifier: Identifier] = [:]
    for file in stock.files.values {
      for update in file.updates { cases[update.id] = file.id }
    }
    let all = stock.underAlias.flatMap { alias, records in
      records.filter { $0.kind == .externalUpdate }.map { (caseID: cases[$0.id] ?? alias, update: $0) }
    }
    return all.sorted { left, right in
      left.update.created == right.update.created
        ? left.update.id < right.update.id : left.update.created < right.update.created
    }
  }
}
