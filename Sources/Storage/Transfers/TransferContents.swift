import CRDT
import CaseModel
import GRDB
import Replication
import WireProtocol

/// What goes to another tenant with cases: all that lies in them and under their aliases, and of the register
/// the persons and organisations that they name.
struct TransferContents {
  /// What governs, in front: nothing arrives before what restricts it does.
  private(set) var governing: [Identifier] = []
  private(set) var others: [Identifier] = []
  /// The attachments whose bytes are all here.
  private(set) var attachments: [Identifier] = []
  /// How many attachments lack bytes: these cannot come any more.
  private(set) var unfinished = 0
  /// Whose changes these are, of this tenant's people.
  private(set) var actors: Set<ActorID> = []
  /// What those signed who had the cases before.
  private(set) var handovers: [Handover] = []

  private let recipient: Identifier
  /// All that earlier tenants signed.
  private let trail: HandoverTrail
  /// Of those who wrote elsewhere: where that is.
  private var foreign: [ActorID: Identifier] = [:]
  /// The other tenants whose people wrote in each case; under `nil` in the register.
  private var tenants: [Identifier?: Set<Identifier>] = [:]

  var records: [Identifier] { governing + others }

  /// - Throws: `TransferError`: `unproven`, `cameBack`.
  init(
    of cases: [Identifier], to recipient: Identifier, in store: ServerStore, _ state: GoverningState
  ) throws {
    self.recipient = recipient
    trail = HandoverTrail(try store.handovers(), to: store.tenant.id)
    var named: Set<Identifier> = []
    var seen: Set<Identifier> = []
    for caseID in cases {
      for home in [caseID] + state.aliases(of: caseID).sorted() {
        for (record, kind) in try store.records(at: home) where !store.isErased(record) {
          named.formUnion(try add(record, RecordKind(rawValue: kind), of: caseID, from: store))
        }
      }
    }
    // Whoever is named has an organisation, and that is all that the register knows of her.
    for _ in 0..<2 {
      for id in named.sorted() where seen.insert(id).inserted {
        guard !store.isErased(id), let snapshot = try store.record(id), let facts = snapshot.facts,
          facts.caseID == nil
        else {
          continue
        }
        let kind = RecordKind(rawValue: facts.kind)
        guard kind == .person || kind == .organisation else { continue }
        named.formUnion(try add(id, kind, of: nil, from: store))
      }
    }
    handovers = try proofs(of: cases)
  }

  /// - Parameter caseID: the case; `nil` for a record of the register.
  /// - Returns: whom it names.
  private mutating func add(
    _ record: Identifier, _ kind: RecordKind, of caseID: Identifier?, from store: ServerStore
  ) throws -> Set<Identifier> {
    guard let snapshot = try store.record(record), let facts = snapshot.facts else { return [] }
    let homes = Dictionary(
      uniqueKeysWithValues: snapshot.heads.keys.map { ($0, store.home(of: $0)) })
    let wrote = Set(homes.values).union([facts.tenant])
    if wrote.contains(recipient) {
      // Whom the other register has it keeps; a case cannot come back to where it was.
      guard let caseID else { return [] }
      throw TransferError(.cameBack, record: caseID)
    }
    // Of the register nobody needs what is not proven, and who has it took it in before that was asked for.
    if caseID == nil, !isProven(wrote, homes, in: nil) { return [] }
    tenants[caseID, default: []].formUnion(wrote.subtracting([store.tenant.id]))
    for (actor, home) in homes { note(actor, from: home, in: store) }
    if RecordKind(rawValue: facts.kind).governsAccess {
      governing.append(record)
    } else {
      others.append(record)
    }
    if kind == .attachment {
      if let attachment = try store.attachment(record), attachment.isComplete {
        attachments.append(record)
        note(attachment.actor, from: store.home(of: attachment.actor), in: store)
      } else {
        unfinished += 1
      }
    }
    var named = Set(try store.authors(of: record))
    for operation in snapshot.state.fields.values.joined() {
      if case .identifier(let id) = operation.value { named.insert(id) }
    }
    return named
  }

  /// Whether earlier tenants signed that they had a case, and that who wrote there is theirs.
  private func isProven(
    _ wrote: Set<Identifier>, _ homes: [ActorID: Identifier], in caseID: Identifier?
  ) -> Bool {
    wrote.isSubset(of: trail.tenants(before: caseID))
      && homes.allSatisfy { $0.value == trail.holder || trail.home(of: $0.key) == $0.value }
  }

  private mutating func note(_ actor: ActorID, from home: Identifier, in store: ServerStore) {
    if home == store.tenant.id { actors.insert(actor) } else { foreign[actor] = home }
  }

  /// What has to go along: what each tenant signed that had the cases before.
  ///
  /// - Throws: `TransferError` `unproven` where something of it is not here.
  private func proofs(of cases: [Identifier]) throws -> [Handover] {
    guard !foreign.isEmpty else { return [] }
    for (caseID, wrote) in tenants where !isProven(wrote, foreign, in: caseID) {
      throw TransferError(.unproven, record: caseID)
    }
    return trail.handovers(of: cases, register: tenants[nil] ?? [])
  }
}

extension ServerStore {
  /// The records with a home, in the order in which they were created.
  func records(at home: Identifier) throws -> [(record: Identifier, kind: UInt32)] {
    try StorageError.translating {
      try database.inDatabase { db in
        try db.all(
          "SELECT wire, kind FROM record WHERE home = ? AND kind IS NOT NULL ORDER BY created_position",
          [.blob(home)]
        ) { (try $0.identifier(0), UInt32(truncatingIfNeeded: try $0.integer(1))) }
      }
    }
  }

  /// Whose accounts wrote a record; an account goes by its person.
  func authors(of record: Identifier) throws -> Set<Identifier> {
    let changes = try storedChanges(of: record)
    return Set(changes.flatMap { [$0.header.author, $0.origin?.header.author].compactMap(\.self) })
  }

  /// All changes of a record, in the log's order, each checked against the one before.
  func storedChanges(of record: Identifier) throws -> [StoredChange] {
    try StorageError.translating {
      try database.inDatabase { db in
        guard let row = try recordRow(record, db)?.row else { return [] }
        return try checkedChanges(of: record, row: row, after: 0, db) { try digest(before: $0, row: row, db) }
      }
    }
  }

  /// All changes of a record as they can be handed over.
  ///
  /// - Throws: `StorageError` `erased` when the payload of one is gone that the record's state stands on.
  func offeredChanges(of record: Identifier) throws -> [OfferedChange] {
    var heads: [ActorID: Digest] = [:]
    return try storedChanges(of: record).map { stored in
      guard !stored.isErased else { throw StorageError(.erased, record: record) }
      let actor = stored.header.id.actor
      let previous = heads[actor] ?? Chain.start(tenant: home(of: actor), record: record, actor: actor)
      heads[actor] = stored.digest
      return OfferedChange(
        change: EncodedChange(header: stored.header, payload: stored.payload ?? [], origin: stored.origin),
        previous: previous, payloadDigest: stored.payload == nil ? stored.payloadDigest : nil,
        stamp: ChangeStamp(receivedAt: stored.receivedAt, isAccepted: stored.isAccepted, seal: stored.seal))
    }
  }
}
