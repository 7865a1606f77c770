import CRDT
import CaseModel

/// What a case is called where one person may read it out to another: the numbers of `case list` are each
/// replica's own.
extension Session {
  /// The case by its label, where only one here has it and nobody takes it for a number, else by the
  /// beginning of its id. Both mean the same case on every replica.
  ///
  /// The label is shown, so it is written down as opened. An error names a case by `short` alone: it may end
  /// up where no family must.
  func called(_ caseID: Identifier) -> String {
    guard !output.json, let stock = try? replica.stock(), let file = stock.files[caseID],
      let head = file.head,
      let label = file.label, label.contains(where: { !$0.isNumber && !$0.isWhitespace }),
      stock.cases.count(where: { $0.label?.lowercased() == label.lowercased() }) == 1,
      (try? open([head])) != nil
    else { return short(caseID) }
    return label.shown(upTo: 40)
  }

  /// The same of a record's case; a dash for what lies in the register.
  func called(_ caseID: Identifier?) -> String { caseID.map { called($0) } ?? "–" }
}
