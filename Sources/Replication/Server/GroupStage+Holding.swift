import CRDT
import CaseModel
import WireProtocol

/// What is allowed and not accepted all the same: more may read its record than its author had seen, so she
/// is asked first (decision 0052).
extension GroupStage {
  /// What becomes of an entry that would be accepted: held when one of its changes was written without
  /// knowing that the record was widened.
  static func holding(_ change: Int) -> EntryVerdict.Refusal {
    EntryVerdict.Refusal(code: .widened, change: UInt32(clamping: change), .held)
  }

  /// Whether a change decides what others may: then nothing that it comes with waits for anybody, since it
  /// may take a right away.
  func decides(_ change: EncodedChange) throws -> Bool {
    let header = change.header
    let facts =
      try group.records[header.record]?.facts ?? source.record(header.record)?.facts ?? header.creates
    guard let kind = facts.map({ RecordKind(rawValue: $0.kind) }), kind.governsAccess else { return false }
    return !Self.isContent(change, of: kind)
  }

  /// Whether a change goes into a record that more may read than its author had seen.
  ///
  /// What the server accepted before it was restored keeps its verdict, whoever decides on what waits answers
  /// for who reads it, and what governs never waits, but for what a protected contact says.
  ///
  /// - Complexity: O(1) where nothing says of single records who may read them; O(log n) for other records;
  ///   else what says so is read, with its log where it changed since.
  func isWidened(_ change: EncodedChange, by account: Account) throws -> Bool {
    guard governing.hasAudiences, change.origin?.stamp == nil else { return false }
    let header = change.header
    guard let reference = try standing(header, by: account), let home = reference.caseID,
      !reference.kind.governsAccess || Self.isContent(change, of: reference.kind)
    else { return false }
    let names = governing.audienceRecords(of: header.record, in: home)
    guard !names.isEmpty, !isDecision(change, by: account) else { return false }
    let known = try names.compactMap { name in
      try audienceRecord(name, asSeenBy: header, of: account)
    }
    return governing.readership(of: reference, at: receivedAt)
      .isWider(than: Readership(of: reference, by: known, at: receivedAt))
  }

  /// Whether a refused change names characters of one that is held: then it waits with that one.
  func buildsOnHeld(_ change: EncodedChange, by account: Account) throws -> Bool {
    guard !directory.quarantine.isEmpty, let payload = try? Payload(encoded: change.payload) else {
      return false
    }
    return try payload.namedChanges.contains { name in
      guard let digest = try digest(of: name, in: change.header.record) else { return false }
      return directory.quarantine.entries(with: digest).contains { $0.isHeld && $0.account == account.id }
    }
  }

  /// Whether a change of what governs only says something: the text of a protected contact.
  private static func isContent(_ change: EncodedChange, of kind: RecordKind) -> Bool {
    guard kind == .protectedContact, change.header.creates == nil,
      let operations = try? Payload(encoded: change.payload).operations
    else { return false }
    return !operations.allSatisfy { audienceFields.contains($0.field) }
  }

  private static let audienceFields: Set<FieldID> = {
    typealias Contact = Field.ProtectedContact
    return Set([Contact.persons, Contact.roles, Contact.excludedPersons, Contact.excludedRoles].map(\.id))
  }()

  /// What policy knows of the record that a change is to enter.
  private func standing(_ header: ChangeHeader, by account: Account) throws -> RecordReference? {
    try reference(header.record) ?? header.creates?.reference(creating: header.record, by: account.person)
  }

  /// A record that says who may read another, as a change's author had seen it: as her replica had it when
  /// she wrote, with all that she did herself on whichever device.
  private func audienceRecord(
    _ id: Identifier, asSeenBy header: ChangeHeader, of account: Account
  ) throws -> CaseRecord? {
    guard let snapshot = try group.records[id] ?? source.record(id) else { return nil }
    var seen = header.audienceSeen.first { $0.record == id }?.version ?? VersionVector()
    if id == header.record { seen.merge(header.version) }
    if seen.contains(snapshot.state.version) { return CaseRecord(snapshot, creator: nil) }
    let staged = group.changes.filter { $0.change.header.record == id }.map(\.delivered)
    return PastRecord(id: id, changes: try source.changes(of: id, after: 0) + staged) { _ in nil }
      .record { seen.contains($0.id) || $0.author == account.id }
  }

  // MARK: Telling

  /// What the answer to a push tells of who may read what.
  struct Telling {
    fileprivate var records: Set<Identifier> = []
    fileprivate var byteCount = 0
    /// What does not fit is told when the record is held the next time.
    fileprivate static let byteCountMax = Limits.batchBytes / 2
  }

  /// A verdict as its device is told it: with what says now who may read the records of a held entry, of each
  /// record once.
  func told(
    _ verdict: EntryVerdict, on entry: LinkedEntry, _ telling: inout Telling
  ) throws -> EntryVerdict {
    guard var refusal = verdict.refusal, refusal.isHeld else { return verdict }
    for header in entry.entry.changes.map(\.header) where telling.records.insert(header.record).inserted {
      guard let audience = try audience(of: header) else { continue }
      telling.byteCount += audience.byteCountMax
      guard telling.byteCount <= Telling.byteCountMax else { break }
      refusal.audiences.append(audience)
    }
    return EntryVerdict(
      entry: verdict.entry, refusal: refusal, receivedAt: verdict.receivedAt, seals: verdict.seals)
  }

  private func audience(of header: ChangeHeader) throws -> RecordAudience? {
    let known = try reference(header.record)
    guard let home = known?.caseID ?? header.creates?.caseID else { return nil }
    let names = governing.audienceRecords(of: header.record, in: home)
      .filter { !source.isErased($0) }.prefix(Limits.audienceVersions)
    let versions = try names.compactMap { name in
      try (group.records[name] ?? source.record(name)).map {
        AudienceVersion(record: name, version: $0.state.version)
      }
    }
    return versions.isEmpty ? nil : RecordAudience(record: header.record, versions: versions)
  }
}

extension RecordAudience {
  /// No encoding of it takes more bytes.
  fileprivate var byteCountMax: Int {
    versions.reduce(32) { $0 + 32 + 24 * $1.version.entries.count }
  }
}
