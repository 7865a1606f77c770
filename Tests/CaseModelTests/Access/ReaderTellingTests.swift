import CRDT
import CaseModel
import Testing

/// What a reader can tell of a case by what she holds: nothing is said of what is not hers to read.
@Suite struct ReaderTellingTests {
  typealias World = PolicyWorld
  static let coordinator = Identifier(62)
  static let parent = Identifier(61)
  static let analyst = Identifier(63)
  static let officer = Identifier(64)
  static let enrolment = Identifier(9_600)
  static let roles: [Identifier: Role] = [
    World.opener: .leader, coordinator: .familyCoordinator, World.member: .coreTeam, parent: .parent,
    analyst: .analysisTeam, officer: .dataProtectionOfficer,
  ]
  let today = CalendarDay.on("2020-02-01")

  /// A case of the coordinator's, with a parent and a member of the analysis team.
  static func world(isEnrolled: Bool = true) -> World {
    var world = World()
    for (person, role) in roles { world.setRole(role, of: person) }
    world.add(Identifier(9_500), coordinator, .familyCoordinator)
    world.add(Identifier(9_501), parent, .parent)
    world.add(Identifier(9_502), analyst, .analysisTeam)
    world.write(CaseWork.child(id: World.child, in: World.caseID, name: "Bo", born: nil))
    world.allocate(to: coordinator)
    if isEnrolled {
      world.write(
        CaseWork.enrol(id: enrolment, in: World.caseID, children: [World.child], on: .on("2020-01-10")))
    }
    return world
  }

  /// What somebody's replica holds: what she may read, and nothing besides.
  static func held(_ world: World, by person: Identifier) -> [CaseRecord] {
    world.ledger.all.filter { world.reads(person, $0.reference, at: 10).isAllowed }
  }

  static func told(
    _ world: World, _ person: Identifier
  ) -> (file: CaseFile, forecast: AccessForecast) {
    let records = held(world, by: person)
    let known = roles[person].map { [person: $0] } ?? [:]
    return (
      CaseFile(id: World.caseID, records: records),
      AccessForecast(for: person, knowing: known, over: records, by: person, at: 10, in: World.tenant)
    )
  }

  private func status(_ world: World, _ person: Identifier) -> CaseStatus? {
    let (file, forecast) = Self.told(world, person)
    return forecast.status(of: file, on: today)
  }

  @Test func whereAFamilyStandsIsToldToWhoReadsIt() {
    for (isEnrolled, status) in [(false, CaseStatus.open), (true, .enrolled)] {
      let world = Self.world(isEnrolled: isEnrolled)
      for person in [World.opener, Self.coordinator, World.member, Self.analyst] {
        #expect(self.status(world, person) == status, "\(person)")
      }
      // By what they hold the case is open, whatever it is.
      for person in [Self.parent, Self.officer] {
        #expect(Self.told(world, person).file.status(at: today) == .open)
        #expect(self.status(world, person) == nil, "\(person)")
      }
    }
  }

  @Test func whoCoordinatesIsToldToWhoReadsIt() {
    let world = Self.world()
    for (person, isKnown) in [
      (World.opener, true), (Self.coordinator, true), (World.member, true), (Self.analyst, true),
      (Self.officer, true), (Self.parent, false),
    ] {
      let (file, forecast) = Self.told(world, person)
      #expect(forecast.knowsCoordinator(of: file) == isKnown, "\(person)")
      #expect(file.coordinator == (isKnown ? Self.coordinator : nil), "\(person)")
    }
    // Of a case that nobody has, that is known where it would be read.
    let new = World()
    let (file, forecast) = Self.told(new, World.opener)
    #expect(file.coordinator == nil && forecast.knowsCoordinator(of: file))
  }

  /// What was released to a parent she is told, although nothing that lets her read it is here.
  @Test func whatWasReleasedIsTold() {
    var world = Self.world()
    world.write(
      CaseWork.release(
        id: Identifier(9_700), in: World.caseID, to: Self.parent,
        records: [Self.enrolment, Identifier(400)], about: [World.child, World.caseID]))
    let (file, forecast) = Self.told(world, Self.parent)
    // That the family was enrolled does not say that it was not discharged since.
    #expect(file.status(at: today) == .enrolled && forecast.status(of: file, on: today) == nil)
    #expect(forecast.knowsCoordinator(of: file) && file.coordinator == Self.coordinator)
    #expect(!forecast.reads(.enrolment, in: World.caseID))
  }

  /// Updates are the coordinator's alone; contacts the staff's.
  @Test func whatMayBeCounted() {
    let world = Self.world()
    for (person, updates, contacts) in [
      (Self.coordinator, true, true), (World.member, false, true), (World.opener, false, false),
      (Self.analyst, false, true), (Self.parent, false, false), (Self.officer, false, false),
    ] {
      let forecast = Self.told(world, person).forecast
      #expect(forecast.reads(.externalUpdate, in: World.caseID) == updates, "\(person)")
      #expect(forecast.reads(.contact, in: World.caseID) == contacts, "\(person)")
    }
  }

  /// Of a case that went to another municipality its head is left, which does not say that nobody has it.
  @Test func ofWhatWentElsewhereNothingIsTold() {
    var world = Self.world()
    let id = World.standing(.transfer)
    if let draft = world.governingDraft(.transfer, id: id) { world.write(draft) }
    #expect(status(world, World.opener) == .enrolled)
    if let record = world.ledger[id] {
      var confirmation = RecordDraft.change(record)
      confirmation.write(Field.Transfer.confirmedBy, Identifier(19))
      world.write(confirmation, by: Identifier(19))
    }
    let (file, forecast) = Self.told(world, World.opener)
    #expect(Set(file.records.keys) == [.case, .transfer])
    #expect(status(world, World.opener) == nil && !forecast.knowsCoordinator(of: file))
  }
}
