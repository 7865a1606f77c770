import CRDT
import CaseModel
import Replication
import WireProtocol

/// A change as a device wrote it.
struct WrittenChange {
  let change: EncodedChange
  let operations: [Operation]
  let digest: Digest
}

/// What is known of the whole from outside: everything that was written, everything that the server
/// committed, and everything that it said.
struct Oracle {
  /// A change in the server's log.
  struct LogItem {
    let position: UInt64
    let record: Identifier
    let id: ChangeID
    let digest: Digest
    let receivedAt: Int64
    let isAccepted: Bool
  }

  struct RecordChange: Hashable {
    let record: Identifier
    let id: ChangeID
  }

  struct ActorEntry: Hashable {
    let actor: ActorID
    let number: UInt64
  }

  /// What a record is, once its creation was written.
  struct Facts {
    let kind: RecordKind
    let home: Identifier?
    let about: [Identifier]
    let informationType: InformationType
    /// Whether its creation cannot be refused.
    let isCertain: Bool
  }

  let tenant: Identifier
  var readers = Readers()
  var attachments = KnownAttachments()
  var waiting = Waiting()
  var erasures = Erasures()
  var endings = Endings()
  var decisions = FormalDecisions()
  var openings = Openings()
  /// The persons behind accounts.
  var persons: [Identifier: Identifier] = [:]
  /// The actors of forked devices that a person has confirmed.
  var confirmed: Set<ActorID> = []
  private(set) var written: [Digest: WrittenChange] = [:]
  private(set) var log: [LogItem] = []
  private(set) var places: [RecordChange: Int] = [:]
  /// What the log had in a place before it was set back.
  private(set) var forgotten: [RecordChange: [Digest]] = [:]
  private(set) var created: Set<Identifier> = []
  private(set) var facts: [Identifier: Facts] = [:]
  /// The records that each word stands in.
  private(set) var canaries: [UInt64: [Canary]] = [:]
  /// The words of what was refused, and of what was accepted.
  private var refused: Set<UInt64> = []
  private var accepted: Set<UInt64> = []
  /// What is in the log and has effect, also under another name.
  private var effective: Set<Digest> = []
  /// Verdicts that left the server: the reason of a refusal.
  private(set) var said: [ActorEntry: ErrorCode?] = [:]
  /// Changes that left the server, by their places in the log.
  private(set) var passedOn: Set<Int> = []

  init(tenant: Identifier) { self.tenant = tenant }

  var position: UInt64 { log.last?.position ?? 0 }

  /// Whether a change is in the log and has effect, as itself or as what another one stands for.
  func isInLog(_ digest: Digest) -> Bool { effective.contains(digest) }

  /// Whether a change stands in the log under its own name.
  func isPlaced(_ header: ChangeHeader) -> Bool {
    places[RecordChange(record: header.record, id: header.id)] != nil
  }

  /// The server has forgotten what came since; what was written is known all the same.
  mutating func setBack(to earlier: Oracle) {
    let now = self
    self = earlier
    (written, facts, canaries) = (now.written, now.facts, now.canaries)
    (persons, confirmed) = (now.persons, now.confirmed)
    forgotten = now.forgotten
    for item in now.log[log.count...] {
      forgotten[RecordChange(record: item.record, id: item.id), default: []].append(item.digest)
    }
  }

  // MARK: Writing

  mutating func add(_ number: UInt64, _ canary: Canary) { canaries[number, default: []].append(canary) }

  mutating func saved(_ entry: LinkedEntry, _ expectation: Expectation) {
    for (change, digest) in zip(entry.entry.changes, entry.digests) {
      // What was sent before it was saved is known.
      if written[digest]?.change != change {
        let operations = (try? change.decoded().operations) ?? []
        written[digest] = WrittenChange(change: change, operations: operations, digest: digest)
      }
      guard let creates = change.header.creates else { continue }
      facts[change.header.record] = Facts(
        kind: RecordKind(rawValue: creates.kind), home: creates.caseID, about: creates.about,
        informationType: InformationType(rawValue: creates.informationType), isCertain: expectation.isCertain)
    }
  }

  // MARK: The server

  /// A group is durable.
  mutating func committed(_ group: CommitGroup) throws {
    let before = group.quarantine.decided.isEmpty && waiting.works.isEmpty ? nil : self
    try attachments.committed(group.attachments)
    try openings.committed(group)
    try noteWaiting(in: group)
    for judged in group.changes {
      let header = judged.change.header
      guard judged.position == position + 1 else {
        throw Violation(.soundness, "position \(judged.position) after \(position)")
      }
      // Of what was refused before the server was set back it is given the header alone.
      guard let known = written[judged.digest],
        known.change == judged.change
          || !judged.isAccepted && judged.change.payload.isEmpty
            && known.change.header == judged.change.header
      else {
        throw Violation(.values, "the log has a change that nobody wrote: \(header.id) in \(header.record)")
      }
      let name = RecordChange(record: header.record, id: header.id)
      guard places[name] == nil else {
        throw Violation(.values, "\(header.id) of \(header.record) is in the log twice")
      }
      places[name] = log.count
      log.append(
        LogItem(
          position: judged.position, record: header.record, id: header.id, digest: judged.digest,
          receivedAt: judged.receivedAt, isAccepted: judged.isAccepted))
      guard judged.isAccepted else {
        refused.formUnion(Self.canaries(in: known.operations).filter { canaries[$0]?.count == 1 })
        continue
      }
      effective.formUnion([judged.digest] + [header.originDigest].compactMap { $0 })
      // Whoever brings in that a value is taken out lets through what it says of the value.
      accepted.formUnion(Self.canaries(in: known.operations) + Self.removed(by: known.operations))
      guard !endings.hasEnded(header.id.actor) else {
        throw Violation(.access, "\(header.id) was accepted, and the access of its device had ended")
      }
      guard !readers.erased.contains(header.record) else {
        throw Violation(.access, "\(header.id) was accepted in \(header.record), which was erased")
      }
      if header.creates != nil {
        created.insert(header.record)
        guard !isNamedByErasure(header.record, in: header.creates?.caseID) else {
          throw Violation(.access, "\(header.record) was created, and erased before")
        }
      }
      if header.creates != nil, let origin = judged.change.origin, origin.header.author != header.author {
        attachments.broughtIn.insert(header.record)
      }
      guard let facts = facts[header.record] else {
        throw Violation(.values, "\(header.record) was never created")
      }
      let author = persons[header.author]
      // Whoever signs must have had a right to it before.
      if let author, facts.kind == .consent, let caseID = facts.home {
        try checkConsent(known, in: caseID, by: author, at: judged.receivedAt)
      }
      readers.accept(known, kind: facts.kind, home: facts.home, author: author, at: judged.receivedAt)
      if let author {
        try checkOutside(known, facts, by: author, at: judged.receivedAt)
        try checkPart(known, facts, by: author, at: judged.receivedAt)
      }
      try noteDecision(known, facts, at: judged.receivedAt)
      if facts.kind == .erasure, let home = facts.home { try noteErasure(known, in: home) }
    }
    try noteDecided(in: group, before: before ?? self)
    try noteDevices(in: group)
  }

  /// The server says a verdict.
  mutating func said(_ entry: UInt64, of actor: ActorID, refusal: ErrorCode?) throws {
    let name = ActorEntry(actor: actor, number: entry)
    if let before = said.updateValue(refusal, forKey: name), before != refusal {
      throw Violation(.verdicts, "entry \(entry) of \(actor) had another verdict before")
    }
  }

  /// The server sends a person something.
  mutating func sent(
    _ message: WireServerMessage, _ bytes: [UInt8], to person: Identifier?, at instant: Int64
  ) throws {
    if try saidOfWaiting(message, to: person, at: instant) { return }
    var changes: [DeliveredChange] = []
    if case .delivery(let delivery) = message.body {
      changes = try ChangeUnpacker.delivered(
        Array(delivery.changes), epoch: Identifier(high: 0, low: 0))
    }
    for number in try Canary.numbers(in: bytes) + Self.packed(message, changes) {
      guard let places = canaries[number] else { continue }
      guard let person,
        places.contains(where: {
          readers.mayRead(person, $0.record, $0.kind, home: $0.home, at: instant)
        })
      else {
        let receiver = person.map { "\($0)" } ?? "nobody confirmed"
        throw Violation(
          .access, "a value of \(places.map(\.record)) was sent to \(receiver), who may not read it")
      }
      if refused.contains(number), !accepted.contains(number) {
        throw Violation(.access, "a value that was refused was sent on, of \(places.map(\.record))")
      }
    }
    try attachments.said(message)
    for change in changes { try passedOn(change.header) }
  }

  /// The canaries in what a message holds compressed.
  private static func packed(
    _ message: WireServerMessage, _ changes: [DeliveredChange]
  ) throws -> [UInt64] {
    guard case .delivery(let delivery) = message.body else { return [] }
    let states = try delivery.allEnters().map { Array($0.state) }
    let texts = try states.flatMap { try RecordSnapshot(encoded: $0).state.texts.values.map(\.string) }
    let operations = try changes.compactMap(\.payload).flatMap { try Payload(encoded: $0).operations }
    return states.flatMap(Canary.numbers) + texts.flatMap { Canary.numbers(in: Array($0.utf8)) }
      + canaries(in: operations)
  }

  private mutating func passedOn(_ header: ChangeHeader) throws {
    guard let place = places[RecordChange(record: header.record, id: header.id)] else {
      throw Violation(.durability, "\(header.id) of \(header.record) was passed on before it was committed")
    }
    passedOn.insert(place)
  }

  private static func removed(by operations: [Operation]) -> [UInt64] {
    operations.flatMap { operation -> [UInt64] in
      guard case .remove(.text(let text)) = operation.action else { return [] }
      return Canary.numbers(in: Array(text.utf8))
    }
  }

  private static func canaries(in operations: [Operation]) -> [UInt64] {
    operations.flatMap { operation -> [UInt64] in
      if case .edit(let edit) = operation.action { return Canary.numbers(in: Array(edit.text.utf8)) }
      return switch operation.keptValue {
      case .text(let text)?: Canary.numbers(in: Array(text.utf8))
      case .unknown(let bytes)?: Canary.numbers(in: bytes)
      default: []
      }
    }
  }
}
