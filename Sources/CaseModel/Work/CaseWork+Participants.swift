public import CRDT

/// Who takes part in a case, and who belongs to the family.
extension CaseWork {
  /// Lets a person take part. An external reporter gets an alias, a fresh id that is all she knows the case
  /// by; an involved professional the organisation that vouches for her.
  ///
  /// - Parameters:
  ///   - startsAt: from when on it gives anything, in milliseconds since 1970 by the server's clock.
  ///   - endsAt: when it stops giving anything, in milliseconds.
  public static func participant(
    id: Identifier, in caseID: Identifier, person: Identifier, role: Role, alias: Identifier? = nil,
    organisation: Identifier? = nil, since day: CalendarDay? = nil, from startsAt: Int64? = nil,
    until endsAt: Int64? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.participant, id: id, in: caseID, about: [person])
    draft.write(Field.Participant.person, person)
    draft.write(Field.Participant.role, Int(role.rawValue))
    draft.write(Field.Participant.status, Participation.Status.active)
    draft.write(Field.Participant.alias, alias)
    draft.write(Field.Participant.since, day)
    draft.write(Field.Participant.organisation, organisation)
    draft.write(Field.Participant.startsAt, instant: startsAt)
    draft.write(Field.Participant.endsAt, instant: endsAt)
    return draft
  }

  /// Ends a participation. It stays ended; who comes back gets a new one.
  public static func end(participant: CaseRecord, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(participant)
    change.write(Field.Participant.status, Participation.Status.ended)
    change.write(Field.Participant.until, day)
    return change
  }

  /// Allocates a case to a family coordinator and distributes it to the core team, in one act (R2–R4).
  ///
  /// Who takes part already in the role gets no second participation. When another coordinator had the case,
  /// his participation as coordinator ends.
  ///
  /// - Parameters:
  ///   - file: the case as it stands, with its allocation when there is one.
  ///   - coordinator: the person who becomes the family's coordinator.
  ///   - members: the persons of the core team.
  ///   - team: the team's record in the register, when the team stands there.
  public static func allocate(
    _ file: CaseFile, coordinator: Identifier, members: [Identifier], team: Identifier? = nil,
    purpose: String? = nil, on day: CalendarDay, identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var allocation =
      file.allocation.map(RecordDraft.change)
      ?? .new(.allocation, id: identify("allocation"), in: file.id, about: file.children.map(\.id))
    allocation.write(Field.Allocation.coordinator, coordinator)
    allocation.write(Field.Allocation.allocatedOn, day)
    allocation.write(Field.Allocation.team, team)
    allocation.write(Field.Allocation.purpose, purpose)
    var drafts = [allocation]
    if let former = file.coordinator, former != coordinator {
      drafts += file.participants.filter { $0.part.person == former && $0.part.role == .familyCoordinator }
        .map { end(participant: $0.record, on: day) }
    }
    let wanted = [(coordinator, Role.familyCoordinator)] + members.map { ($0, Role.coreTeam) }
    for (place, (person, role)) in wanted.enumerated()
    where !file.participants.contains(where: { $0.part.person == person && $0.part.role == role }) {
      let id = identify("participant-\(place)")
      drafts.append(participant(id: id, in: file.id, person: person, role: role, since: day))
    }
    return drafts
  }

  /// Records a child of the family.
  public static func child(
    id: Identifier, in caseID: Identifier, name: String, born: CalendarDay?
  ) -> RecordDraft {
    var child = RecordDraft.new(.child, id: id, in: caseID, about: [id])
    child.write(Field.Child.name, name)
    child.write(Field.Child.born, born)
    return child
  }

  /// Records a parent, sibling or other relative.
  public static func relative(
    id: Identifier, in caseID: Identifier, name: String, relation: String, hasCustody: Bool? = nil,
    born: CalendarDay? = nil, children: [Identifier] = [], text: String? = nil
  ) -> RecordDraft {
    var relative = RecordDraft.new(.relative, id: id, in: caseID, about: [id])
    relative.write(Field.Relative.name, name)
    relative.write(Field.Relative.relation, relation)
    relative.write(Field.Relative.hasCustody, hasCustody)
    relative.write(Field.Relative.born, born)
    relative.add(Field.Relative.children, children)
    relative.write(Field.Relative.text, text)
    return relative
  }
}
