import CRDT
import CaseModel
import Testing

/// Tasks, and which way each may go (R56, R58).
@Suite struct TaskTests {
  @Test func whatIsOverStaysOver() {
    let moves = TaskStatus.allCases.flatMap { from in
      TaskStatus.allCases.filter(from.mayBecome).map { "\(from.rawValue) \($0.rawValue)" }
    }
    #expect(
      moves == [
        "requested accepted", "requested in_progress", "requested completed", "requested rejected",
        "requested cancelled", "accepted in_progress", "accepted completed", "accepted rejected",
        "accepted cancelled", "in_progress completed", "in_progress cancelled",
      ])
  }

  @Test func aTaskIsDoneLate() throws {
    var ledger = DueWorkTests.enrolled()
    let draft = CaseWork.task(
      id: Identifier(7_000), in: DueWorkTests.caseID, title: "ring", owner: DueWorkTests.psychologist,
      due: .on("2020-02-01"), on: .on("2020-01-20"))
    ledger.write(draft)
    let task = try #require(ledger[draft.id])
    #expect(TaskStatus(of: task) == .requested)
    #expect(!CaseWork.isLate(task, on: .on("2020-02-01")) && CaseWork.isLate(task, on: .on("2020-02-02")))
    ledger.write(CaseWork.move(task, to: .completed, reason: "syg", on: .on("2020-02-02")))
    let done = try #require(ledger[draft.id])
    #expect(TaskStatus(of: done) == .completed && done.text(Field.Task.reason) == "syg")
    #expect(done.day(Field.Task.completedOn) == .on("2020-02-02"))
  }

  @Test func aCalledFollowUpIsHeld() throws {
    var ledger = DueWorkTests.enrolled()
    let caseID = DueWorkTests.caseID
    for (id, day) in [(7_001, "2020-05-01"), (7_002, "2020-04-01")] as [(UInt64, String)] {
      var called = RecordDraft.new(.followUpMeeting, id: Identifier(id), in: caseID)
      called.write(Field.FollowUpMeeting.plannedOn, .on(day))
      ledger.write(called)
    }
    ledger.write(CaseWork.plan(id: Identifier(7_003), in: caseID, version: 1, on: .on("2020-01-12")))
    ledger.write(CaseWork.plan(id: Identifier(7_004), in: caseID, version: 2, on: .on("2020-01-12")))
    ledger.write(CaseWork.plan(id: Identifier(7_005), in: caseID, version: 3, on: .on("2020-09-12")))
    let file = ledger.file(caseID)
    #expect(file.plan(on: .on("2020-04-02"))?.id == Identifier(7_004))
    let called = try #require(file.calledFollowUp)
    ledger.write(
      CaseWork.hold(called, participants: [], plan: Identifier(7_004), on: .on("2020-04-02")))
    let held = try #require(ledger[Identifier(7_002)])
    #expect(held.day(Field.FollowUpMeeting.heldOn) == .on("2020-04-02"))
    #expect(held.identifier(Field.FollowUpMeeting.plan) == Identifier(7_004))
    #expect(ledger.file(caseID).calledFollowUp?.record.id == Identifier(7_001))
  }
}
