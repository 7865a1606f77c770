import CRDT
import CaseModel
import Replication

/// One family's case and the staff who work on it, all caught up and none connected.
struct House {
  let exchange: Exchange
  let leader: Workstation
  let coordinator: Workstation
  let psychologist: Workstation
  let caseID: Identifier
  /// An assessment that all three hold.
  let assessment: Identifier
  let day: CalendarDay

  init(seed: UInt64 = 1) throws {
    let exchange = try Exchange(seed: seed)
    self.exchange = exchange
    day = try CalendarDay(year: 2020, month: 7, day: 1)
    leader = try exchange.newcomer("Lene", as: .leader)
    coordinator = try exchange.newcomer("Karin", as: .familyCoordinator)
    psychologist = try exchange.newcomer("Poul", as: .coreTeam)
    caseID = exchange.identifier()
    try exchange.write(
      CaseWork.open(
        case: caseID, label: "F01", on: day, creator: leader.person, as: .leader,
        identify: { _ in exchange.identifier() }), at: leader)
    try exchange.write(
      CaseWork.allocate(
        CaseFile(id: caseID, records: leader.replica.records), coordinator: coordinator.person,
        members: [psychologist.person], on: day, identify: { _ in exchange.identifier() }), at: leader)
    assessment = exchange.identifier()
    try exchange.write(
      [CaseWork.assessment(id: assessment, in: caseID, notes: [:], on: day)], at: leader)
    for station in [leader, coordinator, psychologist, leader] { try exchange.sync(station) }
    for station in [leader, coordinator, psychologist] { _ = station.takeReports() }
  }

  /// A note in the case.
  func note(_ text: String, id: Identifier? = nil) -> RecordDraft {
    CaseWork.note(id: id ?? exchange.identifier(), in: caseID, text: text, on: day)
  }

  /// A text written into the assessment as it is shown on a device.
  func annotation(_ field: FieldDefinition, _ text: String, at station: Workstation) throws -> RecordDraft {
    guard let record = station.record(assessment) else { throw ReplicaModel.Fault.unknownRecord }
    var draft = RecordDraft.change(record)
    draft.write(field, text)
    return draft
  }
}
