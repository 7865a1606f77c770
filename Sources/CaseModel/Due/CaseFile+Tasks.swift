public import CRDT

extension CaseFile {
  /// Whether a task is a person's to see to: her own, and in a case that she coordinates that of somebody who
  /// took part and does not any more. What somebody was to do stays in a case that is handed over, and is
  /// nobody's otherwise (R48).
  ///
  /// - Parameter day: the day on which it is asked: a part may be over by its date.
  public func isTask(_ task: CaseRecord, of person: Identifier, on day: CalendarDay) -> Bool {
    guard let owner = task.identifier(Field.Task.owner) else { return false }
    if owner == person { return true }
    guard coordinator == person else { return false }
    let parts = all(.participant).compactMap(Participation.init).filter { $0.person == owner }
    return !parts.isEmpty && parts.allSatisfy { $0.isOver(on: day) }
  }
}

extension Participation {
  /// Whether it was ended, or its time was up when a day began.
  fileprivate func isOver(on day: CalendarDay) -> Bool {
    !isActive || period.isOver(at: Int64(day.dayNumber) * 86_400_000)
  }
}
