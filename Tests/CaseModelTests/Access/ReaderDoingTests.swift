import CRDT
import CaseModel
import Testing

/// What a reader is told to type is what the server would take from her; else she is told how to look.
@Suite struct ReaderDoingTests {
  typealias World = PolicyWorld
  static let task = Identifier(9_800)
  static let meeting = Identifier(9_801)

  /// A meeting to which all are called, and a task of the parent's; both were released to her.
  private static func world() -> World {
    var world = ReaderTellingTests.world()
    var called = RecordDraft.new(.assessmentMeeting, id: meeting, in: World.caseID, about: [World.child])
    called.write(Field.AssessmentMeeting.plannedOn, .on("2020-02-05"))
    called.add(
      Field.AssessmentMeeting.invited, [World.opener, World.member, ReaderTellingTests.parent])
    world.write(called)
    var own = RecordDraft.new(.task, id: task, in: World.caseID, about: [World.child])
    own.write(Field.Task.title, "find en dag")
    own.write(Field.Task.owner, ReaderTellingTests.parent)
    world.write(own)
    world.write(
      CaseWork.release(
        id: Identifier(9_802), in: World.caseID, to: ReaderTellingTests.parent, records: [task, meeting],
        about: [World.child]))
    return world
  }

  /// What somebody is to do by what she holds, and whether she may.
  private func items(_ world: World, _ person: Identifier) -> [(item: DueItem, mayDo: Bool)] {
    let stock = CaseStock(records: ReaderTellingTests.held(world, by: person))
    let forecast = ReaderTellingTests.told(world, person).forecast
    let role = ReaderTellingTests.roles[person] ?? .coreTeam
    return DueWork(for: person, as: role, on: .on("2020-02-01")).items(in: stock).map { item in
      (item, forecast.mayDo(item, with: item.record.flatMap { world.ledger[$0] }))
    }
  }

  @Test func whoMayNotDoItIsToldToLook() {
    let world = Self.world()
    let parents = items(world, ReaderTellingTests.parent)
    #expect(parents.map { $0.item.kind } == [.task, .invitation])
    #expect(parents.allSatisfy { !$0.mayDo })
    // A leader who takes no part is called for the measure (R14), and others note her answer.
    let leaders = items(world, World.opener)
    #expect(leaders.map { $0.item.kind } == [.invitation] && leaders.allSatisfy { !$0.mayDo })
    let members = items(world, World.member)
    #expect(members.map { $0.item.kind } == [.invitation] && members.allSatisfy { $0.mayDo })
    let coordinators = items(world, ReaderTellingTests.coordinator)
    #expect(!coordinators.isEmpty && coordinators.allSatisfy { $0.mayDo })
  }

  /// What is asked of those whose it is they may do, of each sort.
  @Test func whoseItIsMayDoIt() {
    var ledger = DueWorkTests.enrolled()
    ledger.write(DueWorkTests.everything())
    let roles: [(Identifier, Role)] = [
      (DueWorkTests.coordinator, .familyCoordinator), (DueWorkTests.psychologist, .coreTeam),
      (DueWorkTests.leader, .leader),
    ]
    var seen: Set<DueKind> = []
    for (person, role) in roles {
      let forecast = AccessForecast(
        for: person, knowing: [person: role], over: ledger.all, by: person, at: 10)
      for item in DueWorkTests.items(ledger, for: person, as: role, on: "2020-02-01") {
        seen.insert(item.kind)
        #expect(
          forecast.mayDo(item, with: item.record.flatMap { ledger[$0] }), "\(person) \(item.reason)")
      }
    }
    #expect(seen.count > 10, "\(seen)")
  }

  @Test func whoSetsWhatDownIsWhoMayCreateIt() {
    let world = Self.world()
    for (person, plan, custody) in [
      (ReaderTellingTests.coordinator, true, true), (World.member, true, false), (World.opener, false, true),
      (ReaderTellingTests.parent, false, false), (ReaderTellingTests.analyst, false, false),
    ] {
      let forecast = ReaderTellingTests.told(world, person).forecast
      #expect(forecast.mayCreate(.plan, in: World.caseID) == plan, "\(person)")
      #expect(forecast.mayCreate(.custody, in: World.caseID) == custody, "\(person)")
    }
  }

  /// To look writes nothing, and names what `DueItem` can fill in.
  @Test func lookingIsTyped() {
    for kind in DueKind.allCases {
      let gaps = kind.lookCommand.split(separator: " ").filter { $0.hasPrefix("{") }
      #expect(Set(gaps).isSubset(of: ["{case}", "{record}", "{step}"]), "\(kind)")
    }
  }
}
