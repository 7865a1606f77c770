import CRDT
import CaseModel
import SyncClient

extension Session {
  /// Tells of an event, and how many records of it were told.
  func tell(_ event: WatchEvent, atMost limit: Int) throws -> Int {
    switch event {
    case .connected: stand("connected", output.say(.connected))
    case .disconnected(let reason): stand("disconnected", output.say(.disconnected, output.label(reason)))
    case .healed: stand("healed", output.say(.setRight))
    case .unconfirmed(let digits):
      output.object([
        ("event", "unconfirmed"), ("at", .integer(replica.now())), ("confirmation", .string(digits)),
      ])
      if !output.json, let told = confirmation(try replica.status()) { output.notice(told) }
    case .serverRecovers: stand("server_recovers", output.label("IN_RECOVERY"))
    case .upToDate:
      stand("up_to_date", output.say(.upToDate))
      for finding in try replica.status().logFindings {
        output.object([("event", "log_finding"), ("at", .integer(replica.now()))] + members(finding))
        if !output.json { output.notice(line(finding)) }
      }
    case .refused(let works):
      for work in works { tell(work) }
    case .attachmentsAvailable(let attachments): try tell(available: attachments)
    case .quarantineWaiting(let count):
      output.object([
        ("event", "quarantine"), ("at", .integer(replica.now())),
        ("waiting_for_decision", .integer(Int64(count))),
      ])
      if !output.json, count > 0 { output.notice(output.say(.waitsForYou, String(count))) }
    case .changed(let records, let entered): return try tell(records, entered, atMost: limit)
    }
    return 0
  }

  private func stand(_ name: String, _ text: String) {
    output.object([("event", .string(name)), ("at", .integer(replica.now()))])
    if !output.json { output.notice(text) }
  }

  private func tell(_ ids: [Identifier], _ entered: Set<Identifier>, atMost limit: Int) throws -> Int {
    let stock = try replica.stock()
    let wanted = Set(ids)
    let known = Dictionary(
      try replica.records().filter { wanted.contains($0.id) }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    var told = 0
    try open(ids.compactMap { known[$0] }.prefix(limit).map { $0 })
    for record in ids.compactMap({ known[$0] }) where told < limit {
      told += 1
      let hasEntered = entered.contains(record.id) || record.caseID.map(entered.contains) ?? false
      output.object(
        [("event", "changed"), ("at", .integer(replica.now()))] + (try members(record, stock))
          + [("entered", .boolean(hasEntered))])
      output.line(
        "\(called(home(of: record, stock)))  \(kind(record.kind))  \(summary(record, stock).shown(upTo: 90))")
    }
    if known.values.contains(where: { $0.kind == .breakGlass }) { try tell(glasses: wanted) }
    return told
  }

  /// Tells of break-glasses that have just arrived and are to be told.
  private func tell(glasses records: Set<Identifier>) throws {
    for glass in try glassesToTell() where records.contains(glass.record) {
      output.object([("event", "break_glass"), ("at", .integer(replica.now()))] + (try members(glass)))
      if !output.json { output.notice(try line(glass)) }
    }
  }

  /// Tells which files can be fetched now.
  private func tell(available ids: [Identifier]) throws {
    let stock = try replica.stock()
    let wanted = Set(ids)
    for record in try open(replica.records().filter({ wanted.contains($0.id) })) {
      output.object(
        [("event", "attachment_available"), ("at", .integer(replica.now()))] + (try members(record, stock)))
      let told = "\(kind(record.kind))  \(summary(record, stock).shown(upTo: 60))"
      output.line(
        "\(called(home(of: record, stock)))  \(told): \(output.say(.attachmentAvailable))")
    }
  }

  /// Tells of work that the server refused.
  func tell(_ work: RefusedWork) {
    output.object([("event", "refused")] + members(work))
    output.line(line(work))
  }

  /// What programs are told of refused work.
  func members(_ work: RefusedWork) -> [(String, JSON)] {
    [
      ("record", JSON(work.record)), ("kind", JSON(work.kind?.definition?.name)),
      ("code", .string(work.code)), ("at", .integer(work.at)),
      ("text", .array(work.texts.map { JSON($0) })), ("sealed", .boolean(work.isSealed)),
      ("reason", JSON(work.reason)),
    ]
  }

  /// So much of a workflow that was refused tells which it is: its author has it as a file. All else that was
  /// refused may stand here alone, and is told whole.
  private static let definitionMax = 80

  /// What people are told of refused work: why, and the text that is kept.
  func line(_ work: RefusedWork) -> String {
    let kind = work.kind.map(kind) ?? "–"
    var text = work.texts.map { text in
      "\n    " + (work.kind == .workflow ? text.shown(upTo: Self.definitionMax) : text.shown)
    }.joined()
    if work.isSealed { text += "\n    " + output.say(.keptSealed) }
    let why = work.reason.map { ", " + output.label($0) } ?? ""
    return "\(Clock.text(work.at))  \(short(work.record))  \(kind): \(output.label(work.code))\(why)\(text)"
  }
}
