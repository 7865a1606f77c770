/// What the stock of cases asks of a leader (R2, R23, R48, R70). She reads milestones of every case, and
/// these are all that it takes.
extension DueWork {
  func leading(_ file: CaseFile) -> [DueItem] {
    let prepared = file.all(.decision).filter { decision in
      !decision.isIssued && !decision.hasElements(Field.Decision.withdrawn)
    }
    return prepared.map { item(.decision, .unissued, $0) } + uncoordinated(file)
  }

  /// A case that nobody coordinates: never allocated, or its coordinator takes part no longer.
  private func uncoordinated(_ file: CaseFile) -> [DueItem] {
    guard let coordinator = file.coordinator else {
      guard file.head != nil else { return [] }
      let inquiry = file.all(.inquiry).first
      return [
        DueItem(
          .allocation, inquiry == nil ? .noCoordinator : .unallocated, in: file.id, inquiry?.id, by: nil,
          on: day)
      ]
    }
    if file.participants.contains(where: { $0.part.person == coordinator }) { return [] }
    return [DueItem(.allocation, .noCoordinator, in: file.id, file.allocation?.id, by: nil, on: day)]
  }
}
