import CRDT

/// Who takes part, by the allocations of the file (R2).
extension CaseloadFamily {
  /// One allocation of the file.
  private struct Act {
    let line: Int
    let day: CalendarDay
    let coordinator: String?
    let team: [String]
  }

  private var acts: [Act] {
    events.compactMap { named in
      guard case .allocated(let coordinator, let team) = named.event.content else { return nil }
      return Act(line: named.event.line, day: named.event.day, coordinator: coordinator, team: team)
    }
  }

  /// Drafts the allocation with each decision as a change of its own, and the participations as they stand at
  /// the end: those of former coordinators, and of a team that another one replaced, have ended.
  ///
  /// When the case is allocated already, the file changes nothing about it: which of two came last, the file
  /// cannot know. The importer takes part already and gets no second participation.
  mutating func planAllocation(importer: Identifier, as role: Role) {
    let acts = acts
    guard let last = acts.last else { return }
    let allocationID = identify("caseload/1/allocation/\(name)")
    if existing.contains(allocationID) {
      let coordinator = acts.last { $0.coordinator != nil }?.coordinator
      if let coordinator, !existing.contains(partID(coordinator, .familyCoordinator)) {
        notice(last.line, .allocationStands)
      }
      return
    }
    var decided = false
    for act in acts {
      guard let coordinator = act.coordinator else { continue }
      decided = true
      var allocation = RecordDraft.new(.allocation, id: allocationID, in: caseID, about: about)
      allocation.write(Field.Allocation.coordinator, personID(coordinator))
      allocation.write(Field.Allocation.allocatedOn, act.day)
      addOrChange(allocation)
    }
    if !decided { add(teamAllocation(allocationID, last.day)) }
    let coordinators = acts.map { (act: $0, persons: [$0.coordinator].compactMap { $0 }) }
    addParts(.familyCoordinator, coordinators, importer, role)
    addParts(.coreTeam, acts.map { (act: $0, persons: $0.team) }, importer, role)
  }

  private func teamAllocation(_ id: Identifier, _ day: CalendarDay) -> RecordDraft {
    var allocation = RecordDraft.new(.allocation, id: id, in: caseID, about: about)
    allocation.write(Field.Allocation.allocatedOn, day)
    return allocation
  }

  private func partID(_ person: String, _ role: Role) -> Identifier {
    identify("caseload/1/participant/\(name.utf8.count)/\(name)/\(role.rawValue)/\(person)")
  }

  private mutating func addParts(
    _ part: Role, _ acts: [(act: Act, persons: [String])], _ importer: Identifier, _ role: Role
  ) {
    let naming = acts.filter { !$0.persons.isEmpty }
    guard let standing = naming.last else { return }
    var seen: Set<String> = []
    for (act, persons) in naming {
      for person in persons where seen.insert(person).inserted {
        guard personID(person) != importer || part != role else { continue }
        var draft = CaseWork.participant(
          id: partID(person, part), in: caseID, person: personID(person), role: part, since: act.day)
        if !standing.persons.contains(person) {
          // It must begin before it can end: policy takes no participation that never was one.
          add(draft)
          draft.operations = []
          draft.write(Field.Participant.status, Participation.Status.ended)
          draft.write(Field.Participant.until, standing.act.day)
          addOrChange(draft)
        } else {
          add(draft)
        }
      }
    }
  }

  /// The person whom a name in an event means: one whom an allocation of the family names, or `coordinator`
  /// for the one who had the case on that day; `nil` for anybody else.
  func person(_ name: String, on day: CalendarDay) -> Identifier? {
    if name == "coordinator" {
      return acts.last { $0.day <= day && $0.coordinator != nil }?.coordinator.map(personID)
    }
    return acts.contains { $0.coordinator == name || $0.team.contains(name) } ? personID(name) : nil
  }
}
