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
  /// Whose changes these are.
  private(set) var actors: Set<ActorID> = []

  var records: [Identifier] { governing + others }

  init(of cases: [Identifier], in store: ServerStore, _ state: GoverningState) throws {
    var named: Set<Identifier> = []
    var seen: Set<Identifier> = []
    for caseID in cases {
      for home in [caseID] + state.aliases(of: caseID).sorted() {
        for (record, kind) in try store.records(at: home) where !store.isErased(record) {
          named.formUnion(try add(record, RecordKind(rawValue: kind), from: store))
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
        named.formUnion(try add(id, kind, from: store))
      }
    }
  }

  /// - Returns: whom it names.
  private mutating func add(
    _ record: Identifier, _ kind: RecordKind, from store: ServerStore
  ) throws -> Set<Identifier> {
    guard let snapshot = try store.record(record), let facts = snapshot.facts else { return [] }
    guard facts.tenant == store.tenant.id else {
      // Whom the register has from elsewhere it keeps; a case from there cannot be handed on.
      if facts.caseID == nil { return [] }
      throw TransferError(.cameFromElsewhere, record: record)
    }
    if RecordKind(rawValue: facts.kind).governsAccess {
      governing.append(record)
    } else {
      others.append(record)
    }
    if kind == .attachment {
      if try store.attachment(record)?.isComplete == true {
        attachments.append(record)
      } else {
        unfinished += 1
      }
    }
    actors.formUnion(snapshot.heads.keys)
    var named = Set(try store.authors(of: record))
    for operation in snapshot.state.fields.values.joined() {
      if case .identifier(let id) = operation.value { named.insert(id) }
    }
    return named
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
