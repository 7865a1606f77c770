public import CRDT

extension CaseFile {
  /// The case's head; `nil` when this person does not hold it.
  public var head: CaseRecord? { all(.case).first { $0.id == id } }

  /// What the family is called in lists.
  public var label: String? { head?.text(Field.Case.label) }

  /// The children, oldest first.
  public var children: [CaseRecord] {
    all(.child).sorted(by: { $0.day(Field.Child.born) ?? .max }, then: \.id)
  }

  /// Parents, siblings and other relatives.
  public var relatives: [CaseRecord] { all(.relative) }

  /// Everybody who takes part, as far as nobody ended it.
  public var participants: [Member] {
    all(.participant).compactMap { record in
      Participation(record).map { Member(record: record, part: $0) }
    }.filter(\.part.isActive)
  }

  /// The allocation that stands; `nil` before the first.
  public var allocation: CaseRecord? { all(.allocation).min { $0.id < $1.id } }

  /// The person whom the case is allocated to.
  public var coordinator: Identifier? { allocation?.identifier(Field.Allocation.coordinator) }

  /// The goals in the family's order (R54); goals that the family did not rank come last.
  public var goals: [CaseRecord] {
    all(.goal).sorted(by: { $0.integer(Field.Goal.familyRank) ?? .max }, then: \.id)
  }

  /// The contacts with the family, oldest first.
  public var contacts: [CaseRecord] { all(.contact) }

  /// The assessment notes, oldest first.
  public var assessments: [CaseRecord] { all(.assessment) }

  /// The updates that nobody has triaged yet, oldest first (R31).
  public var openUpdates: [CaseRecord] {
    let triaged = Set(all(.triage).compactMap { $0.identifier(Field.Triage.update) })
    return updates.filter { !triaged.contains($0.id) }
  }

  /// When which children were enrolled and discharged.
  public var enrolmentHistory: EnrolmentHistory { EnrolmentHistory(file: self) }

  /// Where the family stands on a day.
  public func status(at day: CalendarDay) -> CaseStatus { status(at: day, history: enrolmentHistory) }

  func status(at day: CalendarDay, history: EnrolmentHistory) -> CaseStatus {
    if !history.enrolled(at: day).isEmpty { return .enrolled }
    if history.isDischarged(at: day) { return .discharged }
    let offers = all(.offer)
    func hasOffer(_ field: FieldDefinition, _ answer: String?) -> Bool {
      offers.contains { offer in
        guard let date = offer.day(field), date <= day else { return false }
        return answer == nil || offer.text(Field.Offer.answer) == answer
      }
    }
    if hasOffer(Field.Offer.answeredOn, Code.accepted) { return .accepted }
    if hasOffer(Field.Offer.answeredOn, Code.declined) { return .declined }
    return hasOffer(Field.Offer.offeredOn, nil) ? .offered : .open
  }
}
