public import CRDT

extension CaseWork {
  /// Hands over what a person does in a case to another one, in one act (R48, story 9): who coordinates it
  /// is followed by a coordinator, whoever takes part beside that in the same role. What stands in the case
  /// (meetings, contacts and their cadence, what is to be done) stays there and is the new person's.
  ///
  /// Nobody from outside the staff hands anything over: that they take part goes by their own relation to the
  /// family.
  ///
  /// - Parameters:
  ///   - file: the case as it stands.
  ///   - former: who does it now.
  ///   - person: who does it from now on.
  /// - Returns: what is to be written; empty when the former one does nothing in the case.
  public static func handOver(
    _ file: CaseFile, from former: Identifier, to person: Identifier, on day: CalendarDay,
    identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var drafts: [RecordDraft] = []
    if file.coordinator == former {
      drafts = allocate(
        file, coordinator: person, members: [], purpose: file.allocation?.text(Field.Allocation.purpose),
        on: day, identify: identify)
    }
    var ended = Set(drafts.map(\.id))
    for member in file.participants
    where member.part.person == former && member.part.role.isStaff && ended.insert(member.record.id).inserted
    {
      drafts.append(end(participant: member.record, on: day))
      let isCoordinating = member.part.role == .familyCoordinator && file.coordinator == former
      let has = file.participants.contains { $0.part.person == person && $0.part.role == member.part.role }
      guard !isCoordinating, !has else { continue }
      drafts.append(
        participant(
          id: identify("participant-\(member.record.id)"), in: file.id, person: person,
          role: member.part.role, since: day))
    }
    return drafts
  }
}
