public import CRDT

extension CaseWork {
  /// Hands over what a person does in a case to another one, in one act (R48, story 9): who coordinates it
  /// is followed by a coordinator, whoever takes part beside that in the same role. What stands in the case
  /// (meetings, contacts and their cadence, what is to be done) stays there and is the new person's.
  ///
  /// Nobody from outside the staff hands anything over: that they take part goes by their own relation to the
  /// family.
  ///
  /// A part that is over gives the new person nothing, and one that has an end keeps it. A leader's part in a
  /// case is not copied: it goes with being a leader.
  ///
  /// - Parameters:
  ///   - file: the case as it stands.
  ///   - former: who does it now.
  ///   - person: who does it from now on.
  ///   - instant: now, in milliseconds since 1970.
  /// - Returns: what is to be written; empty when the former one does nothing in the case.
  public static func handOver(
    _ file: CaseFile, from former: Identifier, to person: Identifier, on day: CalendarDay, at instant: Int64,
    identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var drafts: [RecordDraft] = []
    var given = Set(
      file.participants.filter { $0.part.person == person && $0.part.stands(at: instant) }.map(\.part.role))
    func give(_ role: Role, until end: Int64?) {
      guard role != .leader, given.insert(role).inserted else { return }
      drafts.append(
        participant(
          id: identify("participant-\(role.rawValue)"), in: file.id, person: person, role: role, since: day,
          until: end))
    }
    if file.coordinator == former, let allocation = file.allocation {
      var change = RecordDraft.change(allocation)
      change.write(Field.Allocation.coordinator, person)
      change.write(Field.Allocation.allocatedOn, day)
      drafts.append(change)
      give(.familyCoordinator, until: nil)
    }
    for member in file.participants
    where member.part.person == former && (member.part.role.isStaff || member.part.role == .analysisTeam) {
      drafts.append(end(participant: member.record, on: day))
      guard member.part.stands(at: instant) else { continue }
      give(member.part.role, until: member.record.integer(Field.Participant.endsAt))
    }
    return drafts
  }

  /// The protected contacts of a case that name the person who hands it over and nobody who takes part
  /// afterwards: whoever takes over is not let in by taking over, and somebody must name her.
  ///
  /// - Parameters:
  ///   - file: the case as it stands; of what this replica does not hold nothing is known.
  ///   - drafts: what the hand-over writes.
  public static func orphans(
    _ file: CaseFile, handedOverBy drafts: [RecordDraft], from former: Identifier, at instant: Int64
  ) -> [CaseRecord] {
    let given = drafts.filter { $0.kind == .participant && $0.isNew }
      .compactMap { Participation(CaseRecord($0, over: nil, by: former, at: instant)) }
    let staying = file.participants.map(\.part).filter { $0.person != former && $0.stands(at: instant) }
    let roles = Dictionary(grouping: staying + given, by: \.person).mapValues { $0.map(\.role) }
    return file.all(.protectedContact).filter { contact in
      let audience = Audience(contact, .protectedContact)
      return !roles.contains { audience.names($0.key, $0.value) }
    }
  }
}
