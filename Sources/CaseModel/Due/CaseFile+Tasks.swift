import CRDT

extension CaseFile {
  /// Whether a task is a person's to see to: her own, and in a case that she coordinates that of somebody who
  /// took part and does not any more. What somebody was to do stays in a case that is handed over, and is
  /// nobody's otherwise (R48).
  func isTask(_ task: CaseRecord, of person: Identifier) -> Bool {
    guard let owner = task.identifier(Field.Task.owner) else { return false }
    if owner == person { return true }
    guard coordinator == person else { return false }
    let parts = all(.participant).compactMap(Participation.init).filter { $0.person == owner }
    return !parts.isEmpty && !parts.contains { $0.isActive }
  }
}
