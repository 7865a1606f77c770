import CRDT
import CaseModel
import Testing
import Workflows

/// What a person is to do (R29, R31–R34, R58, R63).
@Suite struct DueWorkTests {
  static let caseID = Identifier(100)
  static let coordinator = Identifier(2)
  static let psychologist = Identifier(3)
  static let leader = Identifier(1)
  static let alias = Identifier(300)

  static func fresh(_ start: UInt64) -> (String) -> Identifier {
    var next = start
    return { _ in
      next += 1
      return Identifier(next)
    }
  }

  /// An enrolled case of the coordinator's, with an external reporter.
  static func enrolled(_ caseID: Identifier = caseID, on day: String = "2020-01-10") -> Ledger {
    var ledger = Ledger()
    add(caseID, on: day, to: &ledger)
    return ledger
  }

  static func add(_ caseID: Identifier, on text: String, to ledger: inout Ledger) {
    let day = CalendarDay.on(text)
    let start = caseID.low * 1_000
    ledger.write(
      CaseWork.open(
        case: caseID, label: "F\(caseID.low)", on: day, creator: leader, as: .leader,
        identify: fresh(start)), by: leader)
    let child = Identifier(start + 201)
    ledger.write(CaseWork.child(id: child, in: caseID, name: "Bo", born: nil))
    ledger.write(
      CaseWork.allocate(
        ledger.file(caseID), coordinator: coordinator, members: [psychologist], on: day,
        identify: fresh(start + 300)))
    ledger.write(CaseWork.enrol(id: Identifier(start + 202), in: caseID, children: [child], on: day))
    ledger.write(
      CaseWork.participant(
        id: Identifier(start + 203), in: caseID, person: Identifier(9), role: .externalReporter,
        alias: Identifier(start + 300)))
  }

  static func items(
    _ ledger: Ledger, for person: Identifier = coordinator, as role: Role = .familyCoordinator,
    on day: String = "2020-02-01"
  ) -> [DueItem] {
    DueWork(for: person, as: role, on: .on(day)).items(in: CaseStock(records: ledger.all))
  }

  static func reasons(
    _ ledger: Ledger, for person: Identifier = coordinator, as role: Role = .familyCoordinator,
    on day: String = "2020-02-01"
  ) -> [DueReason] {
    items(ledger, for: person, as: role, on: day).map(\.reason)
  }

  /// Drafts that leave one thing of each sort to do.
  static func everything(_ id: UInt64 = 7_000, in caseID: Identifier = caseID) -> [RecordDraft] {
    var request = RecordDraft.new(.informationRequest, id: Identifier(id + 1), in: caseID)
    request.write(Field.InformationRequest.requestedOn, .on("2020-01-15"))
    request.write(Field.InformationRequest.dueOn, .on("2020-01-25"))
    var undelivered = CaseWork.decision(id: Identifier(id + 2), in: caseID, matter: "respite")
    undelivered.write(Field.Decision.issuedOn, .on("2020-01-20"))
    undelivered.write(Field.Decision.issuedBy, leader)
    var unexplained = CaseWork.decision(id: Identifier(id + 3), in: caseID, matter: "respite")
    unexplained.write(Field.Decision.issuedOn, .on("2020-01-20"))
    unexplained.write(Field.Decision.issuedBy, leader)
    unexplained.write(Field.Decision.deliveredOn, .on("2020-01-21"))
    var called = RecordDraft.new(.assessmentMeeting, id: Identifier(id + 4), in: caseID)
    called.write(Field.AssessmentMeeting.plannedOn, .on("2020-02-05"))
    called.add(Field.AssessmentMeeting.invited, [coordinator, psychologist])
    var past = RecordDraft.new(.followUpMeeting, id: Identifier(id + 5), in: caseID)
    past.write(Field.FollowUpMeeting.plannedOn, .on("2020-01-30"))
    past.write(Field.FollowUpMeeting.calledBy, coordinator)
    var task = RecordDraft.new(.task, id: Identifier(id + 6), in: caseID)
    task.write(Field.Task.title, "ring til sygehuset")
    task.write(Field.Task.owner, coordinator)
    task.write(Field.Task.dueOn, .on("2020-02-03"))
    return [
      request, undelivered, unexplained, called, past, task,
      CaseWork.majorChange(id: Identifier(id + 7), in: caseID, trigger: "divorce", on: .on("2020-01-30")),
      CaseWork.offer(id: Identifier(id + 8), in: caseID, on: .on("2020-01-09")),
      CaseWork.decision(id: Identifier(id + 9), in: caseID, matter: "aids"),
      CaseWork.plan(id: Identifier(id + 10), in: caseID, on: .on("2020-01-12")),
      CaseWork.externalUpdate(
        id: Identifier(id + 11), alias: Identifier(caseID.low * 1_000 + 300), text: "nyt",
        urgency: "urgent", on: .on("2020-01-30")),
    ]
  }

  /// One of each sort, in the order in which it presses.
  @Test func theCoordinatorsWork() {
    var ledger = Self.enrolled()
    ledger.write(Self.everything())
    let items = Self.items(ledger, on: "2020-02-01")
    #expect(
      items.map(\.reason) == [
        .informationAwaited, .unrecorded, .taskRequested, .contactDue, .followUpDue, .untriaged, .undelivered,
        .unexplained, .undecided, .unanswered, .invited,
      ])
    #expect(
      items.prefix(5).map(\.dueOn) == [
        .on("2020-01-25"), .on("2020-01-30"), .on("2020-02-03"), .on("2020-02-09"), .on("2020-04-12"),
      ])
    #expect(items.map(\.overdueDays) == [7, 2] + Array(repeating: 0, count: 9))
    #expect(items.allSatisfy { $0.caseID == Self.caseID }, "an update is told under its case")
    #expect(Self.items(ledger, on: "2020-02-20").first { $0.kind == .contact }?.overdueDays == 11)
  }

  /// Of news the most urgent comes first, then what was sent first, whatever their ids and days are. A word
  /// that is not known here presses as little as routine.
  @Test func newsByUrgencyThenAge() {
    var ledger = Self.enrolled()
    let sent = ["routine", "soon", "urgent", "ordinary", "urgent", "soon"]
    for (place, urgency) in sent.enumerated() {
      ledger.write(
        CaseWork.externalUpdate(
          id: Identifier(7_100 - UInt64(place)), alias: Identifier(Self.caseID.low * 1_000 + 300),
          text: "nyt", urgency: urgency, on: .on("2020-01-\(30 - place)")))
    }
    let updates = Self.items(ledger).filter { $0.kind == .update }.compactMap(\.record)
    #expect(updates == ([2, 4, 1, 5, 0, 3] as [UInt64]).map { Identifier(7_100 - $0) })
  }

  /// Others of the case are asked for what is theirs alone.
  @Test func whoIsAskedForWhat() {
    var ledger = Self.enrolled()
    ledger.write(Self.everything())
    #expect(Self.reasons(ledger, for: Self.psychologist, as: .coreTeam) == [.invited])
    #expect(Self.reasons(ledger, for: Self.leader, as: .leader) == [.unissued])
    #expect(Self.reasons(ledger, for: Identifier(77), as: .familyCoordinator).isEmpty)
    var answer = RecordDraft.change(ledger[Identifier(7_004)] ?? ledger.all[0])
    answer.add(Field.AssessmentMeeting.refused, [Self.psychologist])
    ledger.write(answer)
    #expect(Self.reasons(ledger, for: Self.psychologist, as: .coreTeam).isEmpty)
  }

  /// R2, R48: what nobody has, the leader is told of, by milestones alone.
  @Test func theLeadersStock() {
    var ledger = Ledger()
    ledger.write(
      CaseWork.open(
        case: Self.caseID, label: "F01", on: .on("2020-01-01"), creator: Self.leader, as: .leader,
        identify: Self.fresh(1_000)))
    #expect(Self.reasons(ledger, for: Self.leader, as: .leader) == [.noCoordinator])
    ledger.write(
      CaseWork.inquiry(
        in: Self.caseID, source: "hospital", on: .on("2020-01-01"), identify: Self.fresh(2_000)))
    #expect(Self.reasons(ledger, for: Self.leader, as: .leader) == [.unallocated])
    ledger.write(
      CaseWork.allocate(
        ledger.file(Self.caseID), coordinator: Self.coordinator, members: [], on: .on("2020-01-02"),
        identify: Self.fresh(3_000)))
    #expect(Self.reasons(ledger, for: Self.leader, as: .leader).isEmpty)
    for member in ledger.file(Self.caseID).participants where member.part.person == Self.coordinator {
      ledger.write(CaseWork.end(participant: member.record, on: .on("2020-01-03")))
    }
    #expect(Self.reasons(ledger, for: Self.leader, as: .leader) == [.noCoordinator])
    let milestones = ledger.all.filter(\.kind.isMilestone)
    let work = DueWork(for: Self.leader, as: .leader, on: .on("2020-02-01"))
    #expect(work.items(in: CaseStock(records: milestones)).map(\.reason) == [.noCoordinator])
  }

  /// Whatever is in it, a closed case owes nothing to anybody, and neither does one whose family declined.
  @Test func closedCasesOweNothing() {
    var ledger = Self.enrolled()
    ledger.write(Self.everything())
    ledger.write(
      CaseWork.discharge(in: Self.caseID, children: [], on: .on("2020-02-01"), identify: Self.fresh(8_000)))
    for (person, role) in [
      (Self.coordinator, Role.familyCoordinator), (Self.psychologist, .coreTeam), (Self.leader, .leader),
    ] {
      #expect(Self.reasons(ledger, for: person, as: role).isEmpty)
      #expect(!Self.reasons(ledger, for: person, as: role, on: "2020-01-31").isEmpty, "it was open then")
    }
    let loads = CoordinatorLoad.all(
      in: CaseStock(records: ledger.all), for: Self.leader, on: .on("2020-02-01"))
    #expect(loads.isEmpty)
  }

  /// A task is its owner's until it is over, whatever became of it; one of a later version is left alone.
  @Test func tasksUntilTheyAreOver() {
    for (status, asked) in [
      ("requested", true), ("accepted", true), ("in_progress", true), ("completed", false),
      ("rejected", false), ("cancelled", false), ("on_hold_of_a_later_version", false),
    ] {
      var ledger = Self.enrolled()
      var task = RecordDraft.new(.task, id: Identifier(7_000), in: Self.caseID)
      task.write(Field.Task.owner, Self.psychologist)
      task.write(Field.Task.status, status)
      ledger.write(task)
      #expect(Self.reasons(ledger, for: Self.psychologist, as: .coreTeam).isEmpty != asked, "\(status)")
    }
  }

  /// The same from the records in any order, and case by case.
  @Test func anyOrderGivesTheSame() {
    for seed in 0..<60 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var ledger = Ledger()
      for number in 1...3 as ClosedRange<UInt64> {
        Self.add(Identifier(number), on: "2020-01-\(10 + number)", to: &ledger)
        let all = Self.everything(number * 1_000 + 700, in: Identifier(number))
        ledger.write(all.filter { _ in random.chance(60) })
      }
      let day = CalendarDay.on("2020-0\(random.below(6) + 2)-15")
      let work = DueWork(for: Self.coordinator, as: .familyCoordinator, on: day)
      let stock = CaseStock(records: ledger.all)
      let items = work.items(in: stock)
      for _ in 0..<3 {
        #expect(
          work.items(in: CaseStock(records: ledger.all.shuffled(using: &random))) == items, "seed \(seed)")
      }
      let apart = stock.files.values.flatMap { work.items(in: $0) }
      #expect(Set(apart) == Set(items) && apart.count == items.count, "seed \(seed)")
    }
  }

  /// Changes that were written without knowledge of each other, merged in either order.
  @Test func anyMergeGivesTheSame() throws {
    var ledger = Self.enrolled()
    ledger.write(Self.everything())
    let task = try #require(ledger[Identifier(7_006)])
    func change(_ status: String, by author: UInt64) -> Change {
      var draft = RecordDraft.change(task)
      draft.write(Field.Task.status, status)
      let context = ChangeContext(
        id: ChangeID(actor: ActorID(rawValue: author), number: 1), version: task.state.version,
        author: Identifier(author), writtenAt: Int64(author))
      return Change(context: context, operations: draft.operations)
    }
    let changes = [change("accepted", by: 501), change("completed", by: 502)]
    func items(_ changes: [Change]) -> [DueItem] {
      var state = task.state
      for change in changes { state.apply(change) }
      let merged = CaseRecord(
        id: task.id, kind: task.kind, caseID: task.caseID, created: task.created, receivedAt: 0,
        creator: task.creator, about: task.about, informationType: task.informationType, state: state)
      let stock = CaseStock(records: ledger.all.filter { $0.id != task.id } + [merged])
      return DueWork(for: Self.coordinator, as: .familyCoordinator, on: .on("2020-02-01")).items(in: stock)
    }
    #expect(items(changes) == items(changes.reversed()))
    #expect(items(changes).contains { $0.kind == .conflict && $0.record == task.id })
  }

  /// R52: what each has; and what a leader cannot know of cases that she takes no part in is said.
  @Test func theLoad() {
    var ledger = Ledger()
    for number in 1...4 as ClosedRange<UInt64> {
      Self.add(Identifier(number), on: "2020-01-10", to: &ledger)
    }
    ledger.write(Self.everything(in: Identifier(1)))
    for member in ledger.file(Identifier(4)).participants where member.part.person == Self.leader {
      ledger.write(CaseWork.end(participant: member.record, on: .on("2020-01-11")))
    }
    let loads = CoordinatorLoad.all(
      in: CaseStock(records: ledger.all), for: Self.leader, on: .on("2020-03-01"))
    #expect(loads.map(\.coordinator) == [Self.coordinator])
    #expect(loads.first?.cases == 4 && loads.first?.children == 4)
    #expect(loads.first?.overdueContacts == 3 && loads.first?.unknown == 1)
  }

  /// Printed for whoever asks how long it takes; nothing is asserted of the time.
  @Test func aThousandCases() {
    var records: [CaseRecord] = []
    for number in 1...1_000 as ClosedRange<UInt64> {
      var ledger = Ledger()
      Self.add(Identifier(number), on: "2019-01-10", to: &ledger)
      ledger.write(Self.everything(number * 1_000 + 700, in: Identifier(number)))
      for month in 1...12 as ClosedRange<UInt64> {
        ledger.write(
          CaseWork.contact(
            id: Identifier(number * 1_000 + 800 + month), in: Identifier(number), form: "visit", by: nil,
            on: .on("2019-\(month < 10 ? "0" : "")\(month)-20")))
      }
      records += ledger.all
    }
    let stock = CaseStock(records: records)
    let clock = ContinuousClock()
    var count = 0
    let work = DueWork(for: Self.coordinator, as: .familyCoordinator, on: .on("2020-02-01"))
    let all = clock.measure { count = work.items(in: stock).count }
    let workflows = CaseWorkflows(stock, otherwise: ShippedWorkflow.kos.workflow, read: { _ in nil })
    let steps = DueWork(
      for: Self.coordinator, as: .familyCoordinator, on: .on("2020-02-01"), workflows: workflows)
    let withSteps = clock.measure { count = max(count, steps.items(in: stock).count) }
    let one = clock.measure {
      for file in stock.files.values.prefix(1) { count += work.items(in: file).count }
    }
    #expect(count > 10_000)
    print(
      "due work of 1,000 cases (\(records.count) records): \(all), with steps: \(withSteps), of one: \(one)")
  }
}
