import CRDT
import CaseModel
import WireProtocol

@testable import Replication

/// What a device does in a history that it observes.
enum ObserverStep {
  case nothing
  case connect(fromCursor: Bool)
  case cut
  case confirm
  case push(JournalEntry)
  case readHistory(Identifier)
  case fetch(Identifier)
  case askAvailability([Identifier])
  case upload(Identifier)
  case compare(Identifier)
  case invite(case: Identifier)

  /// In a word, for a failure.
  var name: String { String("\(self)".prefix { $0 != "(" }) }

  var isConnect: Bool { if case .connect = self { true } else { false } }
}

/// What happens at one instant of a history: what all people do whom the observer may hear of.
struct Tick {
  /// How much later than the one before, in milliseconds.
  let advance: Int64
  let entries: [(actor: ActorID, entry: JournalEntry)]
  /// Files whose bytes come in, and from which device.
  let files: [(record: Identifier, actor: ActorID)]
  let step: ObserverStep
  let isObserverFirst: Bool
}

/// A history of a town as one device of it saw it.
struct ObservedHistory {
  var town: Town
  let observer: Resident
  private var terminal: Terminal
  /// What the device heard, by tick.
  private(set) var heard: [[WireServerMessage]] = []
  /// What the observer may read, from each instant on at which that became another set.
  private(set) var rights: [(from: Int64, readable: Set<Identifier>)] = []
  /// What came of the entries and files of each tick.
  private(set) var verdicts: [[ErrorCode?]] = []
  /// The random values of the device's own sessions: the same in every history.
  private var entropy: SplitMix64
  /// Whether rights to write are noted as well, which takes long.
  private let notesWriting: Bool

  init(_ town: Town, observer: Resident, seed: UInt64, notesWriting: Bool = false) {
    self.town = town
    self.notesWriting = notesWriting
    self.observer = observer
    terminal = Terminal(observer)
    entropy = SplitMix64(seed: seed)
    noteRights()
  }

  /// Lets a tick happen.
  ///
  /// - Parameter secrets: what else happens meanwhile, which the observer is not to hear of.
  mutating func live(_ tick: Tick, _ secrets: inout Secrets?) throws {
    var heard: [WireServerMessage] = []
    let instant = town.now + tick.advance
    // What she may only for a while counts too, though nobody is told of it when she is away.
    while let next = town.machine.governing.nextChange(for: observer.person, after: town.now), next < instant
    {
      try noting { try $0.pass(until: next, $1) }
    }
    try noting { try $0.pass(until: instant, $1) }
    heard += try terminal.hear(&town)
    try secrets?.live(in: &town, beside: observer)
    if tick.isObserverFirst { heard += try observe(tick.step) }
    try secrets?.submit(to: &town, hiddenFrom: observer)
    for (actor, entry) in tick.entries { town.submit(entry, of: actor) }
    for (record, actor) in tick.files { town.submitFile(record, from: actor) }
    if !tick.isObserverFirst { heard += try observe(tick.step) }
    try secrets?.submit(to: &town, hiddenFrom: observer)
    try noting { try $0.commit($1) }
    heard += try terminal.hear(&town)
    if tick.step.isConnect {
      try terminal.follow(&town)
      try secrets?.submit(to: &town, hiddenFrom: observer)
      try noting { try $0.commit($1) }
      heard += try terminal.hear(&town)
    }
    self.heard.append(heard)
    let entries = tick.entries.map(\.actor).flatMap { town.verdicts.removeValue(forKey: $0) ?? [] }
    let files = tick.files.map { file in
      town.store.attachment(file.record)?.isComplete == true ? nil : ErrorCode.bytesAwaited
    }
    verdicts.append(entries + files)
  }

  private typealias Noting = (inout Town, [TenantMachine.Action]) -> Void

  /// Does something with the town, and notes after each group what the observer may read then: a right may be
  /// given and taken at one instant.
  private mutating func noting(_ body: (inout Town, Noting) throws -> Void) throws {
    var rights = rights
    let (observer, notesWriting) = (observer, notesWriting)
    try body(&town) { town, _ in
      Self.note(&rights, town, observer, notesWriting)
    }
    self.rights = rights
    noteRights()
  }

  private mutating func observe(_ step: ObserverStep) throws -> [WireServerMessage] {
    switch step {
    case .nothing: break
    case .connect(let fromCursor):
      return try terminal.connect(to: &town, fromCursor: fromCursor, using: &entropy)
    case .cut: terminal.disconnect(from: &town)
    case .confirm:
      try terminal.confirm(&town)
      try terminal.giveReceipt(to: &town)
    case .push(let entry): try terminal.push(entry, to: &town)
    case .readHistory(let id):
      try terminal.say(
        {
          $0.history.request = 1
          $0.history.record = .init(id.bytes)
        }, to: &town)
    case .fetch(let id): try terminal.say({ $0.fetch.attachment = .init(id.bytes) }, to: &town)
    case .askAvailability(let ids):
      try terminal.say({ $0.availability.attachments = ids.map { .init($0.bytes) } }, to: &town)
    case .upload(let id):
      let upload = Upload(attachment: id, size: 3, digest: Digest(hashing: [1, 2, 3]))
      try terminal.say({ $0.upload = upload.message }, to: &town)
    case .compare(let id):
      let head = KnownHead(
        record: id, change: ChangeID(actor: ActorID(rawValue: 7), number: 1),
        digests: [Digest(hashing: id.bytes)], stamp: nil)
      try terminal.say({ $0.inventory.heads = [head.message] }, to: &town)
    case .invite(let caseID):
      let person = entropy.identifier()
      let verifier = entropy.bytes(32)
      let code = entropy.bytes(8)
      try terminal.say(
        {
          $0.invitation = .with {
            $0.request = 2
            $0.verifier = .init(verifier)
            $0.role = Role.externalReporter.rawValue
            $0.person = .init(person.bytes)
            $0.personName = "N"
            $0.codeID = .init(code)
            $0.case = .init(caseID.bytes)
          }
        }, to: &town)
    }
    return []
  }

  // MARK: Rights

  private mutating func noteRights() { Self.note(&rights, town, observer, notesWriting) }

  private static func note(
    _ rights: inout [(from: Int64, readable: Set<Identifier>)], _ town: Town, _ observer: Resident,
    _ notesWriting: Bool
  ) {
    // The names under which she may write count as well, and what waits for her decision: she is told.
    var readable = town.readable(by: observer.person)
      .union(town.machine.governing.ownAliases(of: observer.person, at: town.now))
      .union(town.decidable(by: observer.person))
    if notesWriting { readable.formUnion(town.writable(by: observer.person)) }
    if readable != rights.last?.readable { rights.append((town.now, readable)) }
  }

  /// Whether the observer could read a record at an instant or after it.
  func couldRead(_ record: Identifier, from instant: Int64) -> Bool {
    rights.enumerated().contains { index, one in
      // What was given and taken at one instant could be read then.
      let end = index + 1 < rights.count ? rights[index + 1].from : .max
      return (end > instant || one.from >= instant) && one.readable.contains(record)
    }
  }

  /// What the observer could read, and since when, of all but some records, each from an instant on: what was
  /// done to it in secret only later could be read before by no secret of its own.
  func rights(besides records: [Identifier: Int64]) -> [Int64: Set<Identifier>] {
    var last: Set<Identifier>?
    var changes: [Int64: Set<Identifier>] = [:]
    for one in rights {
      let readable = one.readable.filter { record in
        (records[record] ?? records[Town.writing(record)]).map { $0 > one.from } ?? true
      }
      if readable != last { changes[one.from] = readable }
      last = readable
    }
    return changes
  }

  /// The stamps of this history's changes.
  var seals: [Digest: Seal] {
    Dictionary(town.store.log.map { ($0.digest, $0.seal) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Town {
  /// The bytes of a file come in, all at once.
  mutating func submitFile(_ record: Identifier, from actor: ActorID) {
    let upload = Upload(
      attachment: record, size: UInt64(TownLife.file.count),
      digest: AttachmentReplicaModel.digest(of: TownLife.file))
    submit(.upload(upload, from: actor))
    submit(.chunk(AttachmentChunk(attachment: record, offset: 0, content: TownLife.file), from: actor))
  }
}
