import CRDT
import CaseModel
import WireProtocol

@testable import Replication

/// A town in which things happen at random while people read on devices: each message is held against what
/// its receiver may read at that instant, and what each device holds against what its person may read.
struct AllowedWorld {
  /// How much happened.
  struct Tally {
    var events = 0
    var accepted = 0
    var instants = 0
    var messages = 0
    var looks = 0
    var exits = 0
    var rows = 0
  }

  private var town: Town
  private var life: TownLife
  private var witnesses: [Witness]
  private(set) var tally = Tally()
  private(set) var problems: [String] = []

  init(seed: UInt64, of towns: [Town]) throws {
    life = try TownLife(seed: seed)
    town = towns[life.random.below(towns.count)]
    witnesses = town.residents.map { Witness($0) }
  }

  mutating func live(events: Int) throws {
    for _ in 0..<events {
      try happen()
      tally.events += 1
      if life.chance(20) { try settle() }
    }
    for index in witnesses.indices { try connect(index, fromCursor: true) }
    try settle()
    tally.rows = town.noted.count
  }

  private mutating func happen() throws {
    let index = life.random.below(witnesses.count)
    switch life.random.below(20) {
    case 0..<10: try act()
    case 10, 11: try pass(life.chance(50) ? 60_000 : Int64(life.random.below(240)) * 60_000)
    case 12, 13: try connect(index, fromCursor: life.chance(90))
    case 14: witnesses[index].terminal.disconnect(from: &town)
    case 15: try ask(witnesses[index].terminal)
    case 16: try give(index)
    default:
      try witnesses[index].hear(&town)
      try witnesses[index].terminal.confirm(&town)
      try commit()
    }
  }

  private mutating func act() throws {
    let act = life.act(in: town, id: life.random.identifier())
    let resident = town.residents[act.place]
    let entry = town.entry(act.drafts, by: resident, device: 1, salt: life.random.identifier())
    town.submit(entry, of: resident.actors[1])
    if act.drafts.contains(where: { $0.kind == .attachment }), life.chance(70) {
      for draft in act.drafts { town.submitFile(draft.id, from: resident.actors[1]) }
    }
    try commit()
    if town.verdicts.removeValue(forKey: resident.actors[1])?.last == .some(nil) { tally.accepted += 1 }
  }

  private mutating func connect(_ index: Int, fromCursor: Bool) throws {
    var judge = judge()
    try witnesses[index].connect(to: &town, fromCursor: fromCursor, using: &life.random) {
      judge.look($0, $1)
    }
    note(judge)
  }

  private mutating func give(_ index: Int) throws {
    try witnesses[index].terminal.giveReceipt(to: &town)
    try commit()
  }

  private mutating func ask(_ terminal: Terminal) throws {
    let id = life.pick(town.store.records.keys.sorted())
    if life.chance(50) {
      try terminal.say({ $0.history.record = .init(id.bytes) }, to: &town)
    } else {
      try terminal.say({ $0.fetch.attachment = .init(id.bytes) }, to: &town)
    }
    try commit()
  }

  // MARK: Judging

  /// Looks at all that is said, when it is said.
  private struct Judge {
    let persons: [ConnectionNumber: Identifier]
    let actors: [ConnectionNumber: ActorID]
    var messages = 0
    var problems: [String] = []

    mutating func look(_ town: Town, _ actions: [TenantMachine.Action]) {
      for case .send(let connection, let message) in actions {
        let person = persons[connection] ?? town.machine.sessions[connection]?.account?.person
        guard let person else { continue }
        messages += 1
        do {
          let excess = try Allowance.excess(of: message, to: person, in: town)
          if !excess.isEmpty { problems.append("\(excess) was sent to whom may not read it") }
          let actor = actors[connection] ?? town.machine.sessions[connection]?.device?.actor
          let missing = try actor.map {
            try town.noted.missing(of: message, to: $0, epoch: town.tenant.epoch)
          }
          for one in missing ?? [] { problems.append("\(one) was sent without a row") }
        } catch {
          problems.append("a message cannot be read: \(error)")
        }
      }
    }
  }

  private func judge() -> Judge {
    var persons: [ConnectionNumber: Identifier] = [:]
    var actors: [ConnectionNumber: ActorID] = [:]
    for witness in witnesses {
      guard let connection = witness.terminal.connection else { continue }
      persons[connection] = witness.person
      actors[connection] = witness.terminal.actor
    }
    return Judge(persons: persons, actors: actors)
  }

  private mutating func note(_ judge: Judge) {
    tally.messages += judge.messages
    problems += judge.problems
  }

  private mutating func commit() throws {
    var judge = judge()
    try town.commit { judge.look($0, $1) }
    note(judge)
  }

  private mutating func pass(_ milliseconds: Int64) throws {
    var judge = judge()
    try town.pass(until: town.now + milliseconds) { judge.look($0, $1) }
    note(judge)
    tally.instants += 1
  }

  /// Lets those who are connected take in all that there is, and looks at what they hold.
  private mutating func settle() throws {
    for _ in 0..<4 {
      for index in witnesses.indices {
        try witnesses[index].hear(&town)
        try witnesses[index].terminal.confirm(&town)
        tally.exits += witnesses[index].terminal.exits.count
        try witnesses[index].terminal.giveReceipt(to: &town)
      }
      try commit()
    }
    for witness in witnesses {
      tally.looks += witness.terminal.isWelcome ? 1 : 0
      let found = witness.problems + witness.problems(in: town)
      problems += found.map { "\(witness.terminal.resident.role.name ?? ""): \($0)" }
    }
  }
}
