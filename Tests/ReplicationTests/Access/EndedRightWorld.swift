import CRDT
import CaseModel
import Replication
import WireProtocol

/// A house in which somebody's right ends while she works offline, at random moments of both.
final class EndedRightWorld {
  /// How a right ends.
  enum Ending: CaseIterable {
    case participationEnded
    case consentWithdrawn
    case caseWithheld
    case personWithheld
    case timeOver
  }

  /// How much happened.
  struct Tally {
    var schedules = 0
    var writes = 0
    var accepted = 0
    var refused = 0
    /// How often what had ended was sent again, since the server had forgotten that it had.
    var cameBack = 0
  }

  let house: House
  let ending: Ending
  /// Whose right ends.
  let station: Workstation
  var tally = Tally()
  var problems: [String] = []
  let child: Identifier
  private let mother: Identifier
  private var consent: Identifier?
  var random: SplitMix64
  /// The log's position when the right ended, and the instant.
  var ended: (position: UInt64, at: Int64)?
  let until: Int64
  /// What was written of the child after the right had ended.
  var after: [String] = []

  var exchange: Exchange { house.exchange }

  init(seed: UInt64) throws {
    house = try House(seed: seed)
    random = SplitMix64(seed: seed &* 104_729)
    ending = Ending.allCases[random.below(Ending.allCases.count)]
    let exchange = house.exchange
    child = exchange.identifier()
    mother = exchange.identifier()
    until = exchange.server.now + 3_600_000
    switch ending {
    case .consentWithdrawn: station = try exchange.newcomer("Hanne", as: .involvedProfessional)
    case .timeOver: station = try exchange.newcomer("Ulla", as: .coreTeam)
    case .participationEnded, .caseWithheld, .personWithheld: station = house.psychologist
    }
    try prepare()
  }

  private func prepare() throws {
    let leader = house.leader
    if ending == .timeOver {
      try exchange.write(
        [
          CaseWork.participant(
            id: exchange.identifier(), in: house.caseID, person: station.person, role: .coreTeam, until: until
          )
        ], at: leader)
    }
    if ending == .consentWithdrawn { try letIn() }
    try exchange.write([note("before")], at: leader)
    for one in [leader, station, leader] { try exchange.sync(one) }
  }

  /// A professional of another organisation, with a consent that covers the child's social matters.
  private func letIn() throws {
    let organisation = exchange.identifier()
    let disclosure = CaseWork.Disclosure(
      to: station.person, about: [child], types: [.social], purpose: "coordination",
      from: exchange.server.now, until: exchange.server.now + 86_400_000)
    let consent = CaseWork.consent(
      id: exchange.identifier(), in: house.caseID, disclosure, form: "written",
      evidence: exchange.identifier(), signatures: [mother])
    self.consent = consent.id
    for draft in [
      CaseWork.vouching(
        id: exchange.identifier(), organisation: organisation, person: station.person,
        voucher: exchange.identifier(), from: exchange.server.now, until: exchange.server.now + 86_400_000),
      CaseWork.participant(
        id: exchange.identifier(), in: house.caseID, person: station.person, role: .involvedProfessional,
        organisation: organisation),
      CaseWork.custody(
        id: exchange.identifier(), in: house.caseID, of: child, holder: mother, source: "civil_register"),
      consent,
    ] { try exchange.write([draft], at: house.leader) }
  }

  private func note(_ text: String) -> RecordDraft {
    CaseWork.note(id: exchange.identifier(), in: house.caseID, about: [child], text: text, on: house.day)
  }

  // MARK: Living

  /// Writing and exchanging at random, with the end of the right somewhere in it.
  func live() throws {
    let steps = 6 + random.below(8)
    let place = random.below(steps)
    for step in 0..<steps {
      if step == place { try end() }
      switch random.below(6) {
      case 0..<3: try write()
      case 3: try exchange.sync(station)
      case 4: try cut()
      default: try others()
      }
    }
    try others()
  }

  private func write() throws {
    let text = "mine \(tally.writes)"
    tally.writes += 1
    let known = station.replica.records.filter { $0.kind == .note && $0.about == [child] }
    if random.below(3) == 0, ending != .consentWithdrawn, let note = known.first {
      var draft = RecordDraft.change(note)
      draft.write(Field.Note.title, text)
      try exchange.write([draft], at: station)
    } else {
      try exchange.write([note(text)], at: station)
    }
  }

  /// An exchange that breaks off somewhere.
  private func cut() throws {
    try exchange.connect(station)
    for _ in 0..<random.below(6) { _ = exchange.step() }
    exchange.cut(station)
    exchange.run()
  }

  /// Others go on with the case.
  private func others() throws {
    let author = random.below(2) == 0 ? house.leader : house.coordinator
    let text = "canary \(after.count) of \(ended == nil ? "before" : "after")"
    try exchange.write([note(text)], at: author)
    try exchange.sync(author)
    if ended != nil { after.append(text) }
  }

  private func end() throws {
    let leader = house.leader
    if random.below(2) == 0 { try exchange.connect(station) }
    for _ in 0..<random.below(4) { _ = exchange.step() }
    switch ending {
    case .participationEnded:
      let part = leader.replica.records.first { Participation($0)?.person == station.person }
      if let part { try exchange.write([CaseWork.end(participant: part, on: house.day)], at: leader) }
    case .consentWithdrawn:
      if let record = consent.flatMap({ leader.record($0) }) {
        try exchange.write([CaseWork.withdraw(consent: record, by: mother)], at: leader)
      }
    case .caseWithheld, .personWithheld:
      try exchange.write(
        [
          CaseWork.withhold(
            id: exchange.identifier(), in: house.caseID, from: station.person,
            about: ending == .personWithheld ? [child] : [], wholeCase: ending == .caseWithheld)
        ], at: leader)
    case .timeOver: exchange.server.pass(until: until)
    }
    let pending = leader.replica.pendingChanges.last?.header
    try exchange.sync(leader)
    let position = exchange.server.store.log.first {
      $0.change.header.record == pending?.record && $0.change.header.id == pending?.id
    }?.position
    ended = (position ?? exchange.server.store.position, exchange.server.now)
    if random.below(2) == 0 { exchange.run() }
    exchange.cut(station)
  }

  /// Everybody exchanges until nothing moves.
  func settle() throws {
    for _ in 0..<3 {
      for one in [station, house.leader, house.coordinator] { try exchange.sync(one) }
    }
  }
}

extension EndedRightWorld.Tally {
  mutating func add(_ other: Self) {
    schedules += other.schedules
    writes += other.writes
    accepted += other.accepted
    refused += other.refused
    cameBack += other.cameBack
  }
}
