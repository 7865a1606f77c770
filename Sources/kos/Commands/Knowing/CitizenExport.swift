import CRDT
import CaseModel
import Foundation
import SyncClient

/// What a citizen is handed of the logs and the consents of a case, in the names of FHIR R4.
struct CitizenExport {
  private let file: CaseFile
  private let stock: CaseStock
  private let citizen: Identifier
  private let tenant: String
  private let now: Int64
  /// What is withheld from the citizen: not even that it is there is told.
  private let withheld: Set<Identifier>
  /// Who takes or took part in a case here and is none of the staff: never named.
  private let outsiders: Set<Identifier>
  /// What staff are called; `nil` where they are not to be named.
  private let name: ((Identifier) throws -> String)?

  init(
    of file: CaseFile, in stock: CaseStock, for citizen: Identifier, without withheld: Set<Identifier>,
    tenant: String, at now: Int64,
    naming name: ((Identifier) throws -> String)?
  ) {
    self.file = file
    self.stock = stock
    self.citizen = citizen
    self.tenant = tenant
    self.now = now
    self.withheld = withheld
    outsiders = Self.outsiders(in: stock)
    self.name = name
  }

  /// - Parameter records: what the citizen may read; of others nothing is told.
  func bundle(
    _ records: [CaseRecord], _ report: KnowingReport, _ changes: [RecordedChange]
  ) throws -> (json: JSON, entries: Int) {
    let known = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let consents = records.filter { $0.kind == .consent }.map(consent)
    let events = try report.lines.compactMap { line in try known[line.record].flatMap { try event(line, $0) }
    }
    let others = namesOfOtherParents()
    let provenances = changes.filter { $0.isAccepted && !others.contains($0.author) }.compactMap { change in
      known[change.record].map { provenance(change, $0) }
    }
    let pages = try file.printings(of: Set(known.keys)).filter { !withheld.contains($0.record.id) }
      .compactMap { try page($0, known) }
    let resources = consents + events + pages + provenances + report.checkpoints.map(checkpoint)
    let entries = resources.map { JSON.object([("resource", $0)]) }
    return (
      .object([
        ("resourceType", "Bundle"), ("type", "collection"), ("timestamp", .string(Clock.instant(now))),
        ("entry", .array(entries)),
      ]), resources.count
    )
  }

  /// A row; `nil` for what other parents did, and for what says that nobody looked.
  private func event(_ line: KnowingLine, _ record: CaseRecord) throws -> JSON? {
    guard let code = Self.code(of: line.act) else { return nil }
    let role = line.agent.flatMap { self.role(of: $0.person) }
    if role == .parent, line.agent?.person != citizen { return nil }
    let type: JSON = .object([("system", "urn:kos:log"), ("code", .string(code))])
    let observer: JSON = .object([("display", .string(tenant))])
    var members: [(String, JSON)] = [
      ("resourceType", "AuditEvent"), ("type", type), ("action", "R"),
      ("recorded", .string(Clock.instant(line.recordedAt))),
      ("agent", .array([try agent(line.agent?.person, role)])),
      ("source", .object([("observer", observer)])),
      ("entity", .array([.object([("what", reference(to: record))])])),
    ]
    if case .opened(let purpose, _) = line.act { members.append(("purposeOfEvent", concept(purpose))) }
    if let rule = line.rule { members.append(("outcomeDesc", .string(rule))) }
    members.append(("extension", .array([proof(line)])))
    return .object(members)
  }

  /// What was printed of what the citizen may read: it stands in the case and in no log, so there is no proof
  /// of it. `nil` for what other parents were handed or printed.
  private func page(_ page: Printing, _ known: [Identifier: CaseRecord]) throws -> JSON? {
    let shown = page.shown.compactMap { known[$0] }
    let persons = [page.printer, page.recipient].compactMap { $0 }
    let isAnothers = persons.contains { $0 != citizen && role(of: $0) == .parent }
    guard !shown.isEmpty, !isAnothers else { return nil }
    var recipient: JSON = .object([("display", .string(page.recipientLabel ?? "–"))])
    if let person = page.recipient { recipient = try party(person, role(of: person)) }
    return .object([
      ("resourceType", "Communication"), ("identifier", .array([identifier(page.record.id)])),
      ("status", "completed"), ("category", .array([concept("printed"), concept(page.form)])),
      ("sent", page.day.map { .string($0.description) } ?? .null),
      ("sender", try party(page.printer, page.printer.flatMap { role(of: $0) })),
      ("recipient", .array([recipient])),
      ("about", .array(shown.map { reference(to: $0) })),
    ])
  }

  /// That the row stands in the log (RFC 9162 §2.1.3), for whoever has one of the checkpoints. Who it was
  /// stays blinded where it is not told.
  private func proof(_ line: KnowingLine) -> JSON {
    let isNamed = name != nil || line.agent?.person == citizen
    return Self.part(
      LogProofFile.proofURL,
      parts: [
        .object([("url", "log"), ("valueCode", .string(line.proof.log.rawValue))]),
        .object([("url", "index"), ("valueInteger64", .string(String(line.proof.index)))]),
        .object([("url", "size"), ("valueInteger64", .string(String(line.proof.size)))]),
        .object([("url", "path"), ("valueBase64Binary", Self.base64(line.proof.path))]),
        .object([("url", "row"), ("valueBase64Binary", Self.base64(line.proof.row(naming: isNamed)))]),
      ])
  }

  /// A state of a log that the tenant signed.
  private func checkpoint(_ checkpoint: LogSummary.Checkpoint) -> JSON {
    .object([
      ("resourceType", "Binary"), ("contentType", .string(LogProofFile.checkpointType)),
      ("data", Self.base64(checkpoint.body)),
      (
        "extension",
        .array([
          .object([
            ("url", .string(LogProofFile.signatureURL)),
            ("valueBase64Binary", Self.base64(checkpoint.signature)),
          ])
        ])
      ),
    ])
  }

  private static func part(_ url: String, parts: [JSON]) -> JSON {
    .object([("url", .string(url)), ("extension", .array(parts))])
  }

  private static func base64(_ bytes: [UInt8]) -> JSON { .string(Data(bytes).base64EncodedString()) }

  private static func code(of act: KnowingLine.Act) -> String? {
    switch act {
    case .entered, .changes: "delivered"
    case .history: "history"
    case .attachment: "attachment"
    case .opened: "opened"
    case .exited, .followed, .bundle, .untold: nil
    }
  }

  /// Authors are told by their names alone.
  private func namesOfOtherParents() -> Set<String> {
    let others = parts.filter { $0.role == .parent && $0.person != citizen }
    return Set(others.compactMap { stock.name(of: $0.person) })
  }

  /// The code of FHIR's `consent-state-codes`.
  private func status(of consent: CaseRecord) -> String {
    switch stock.standing(of: consent, at: now, knowingCustody: true) {
    case .inForce: "active"
    case .notBegun, .awaitsSignatures, .noGrantor: "proposed"
    default: "inactive"
    }
  }

  private func consent(_ record: CaseRecord) -> JSON {
    var period: [(String, JSON)] = []
    if let start = record.integer(Field.Consent.startsAt) {
      period.append(("start", .string(Clock.instant(start))))
    }
    if let end = record.integer(Field.Consent.endsAt) { period.append(("end", .string(Clock.instant(end)))) }
    return .object([
      ("resourceType", "Consent"), ("identifier", .array([identifier(record.id)])),
      ("status", .string(status(of: record))),
      (
        "provision",
        .object([
          ("type", "permit"), ("period", .object(period)),
          ("purpose", concept(record.text(Field.Consent.purpose) ?? "")),
        ])
      ),
    ])
  }

  private func provenance(_ change: RecordedChange, _ record: CaseRecord) -> JSON {
    // Authors come by name alone; a name that is not to be told is not.
    let author: JSON = .object([("display", .string(name == nil ? "staff" : change.author.shown))])
    return .object([
      ("resourceType", "Provenance"), ("target", .array([reference(to: record)])),
      ("occurredDateTime", .string(Clock.instant(change.writtenAt))),
      ("recorded", .string(Clock.instant(change.receivedAt))),
      ("activity", concept(change.isCreation ? "CREATE" : "UPDATE")),
      ("agent", .array([.object([("who", author)])])),
    ])
  }

  private func agent(_ person: Identifier?, _ role: Role?) throws -> JSON {
    .object([
      ("requestor", true), ("who", try party(person, role)),
      ("role", .array([concept(role?.name ?? "staff")])),
    ])
  }

  /// Somebody as the citizen is told of her: staff by name only where they are to be named.
  private func party(_ person: Identifier?, _ role: Role?) throws -> JSON {
    var display = role?.name ?? "staff"
    if let person, person == citizen {
      display = "you"
    } else if let person, let name, role?.isStaff ?? !outsiders.contains(person) {
      display = try name(person)
    }
    return .object([("display", .string(display))])
  }

  /// All who take or took part: somebody's part in the case may have ended since.
  private var parts: [Participation] { file.all(.participant).compactMap(Participation.init) }

  /// As what somebody is told of. Who was ever a parent here is one.
  private func role(of person: Identifier) -> Role? {
    let own = parts.filter { $0.person == person }
    return (own.first { $0.role == .parent } ?? own.first(where: \.isActive) ?? own.first)?.role
  }

  private static func outsiders(in stock: CaseStock) -> Set<Identifier> {
    let parts = stock.cases.flatMap { $0.all(.participant).compactMap(Participation.init) }
    return Set(parts.filter { !$0.role.isStaff }.map(\.person))
  }

  private func reference(to record: CaseRecord) -> JSON {
    .object([
      ("identifier", identifier(record.id)), ("type", .string(record.kind.definition?.name ?? "")),
    ])
  }

  private func identifier(_ id: Identifier) -> JSON {
    .object([("system", "urn:kos:record"), ("value", JSON(id))])
  }

  private func concept(_ code: String) -> JSON {
    .object([("coding", .array([.object([("system", "urn:kos:code"), ("code", .string(code))])]))])
  }
}
