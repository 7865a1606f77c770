import CRDT
import CaseModel
import SyncClient

/// Who came to know, told.
extension Session {
  /// The records of a case, or the one record that a word names.
  func records(under reference: String, _ stock: CaseStock) throws -> [CaseRecord] {
    if let id = try caseID(reference, stock), let file = stock.files[id] {
      return Array(file.records.values.joined() + file.updates).sorted { $0.id < $1.id }
    }
    return [try record(reference, in: try replica.records(), of: .unnumbered)]
  }

  /// Tells one row.
  func tell(_ line: KnowingLine, of record: CaseRecord, _ stock: CaseStock) {
    var members: [(String, JSON)] = [
      ("record", JSON(record.id)), ("kind", .string(record.kind.definition?.name ?? "")),
      ("recorded_at", .integer(line.recordedAt)), ("act", .string(line.act.name)),
      ("person", line.agent.map { JSON($0.person) } ?? .null),
      ("name", line.agent.map { .string($0.name) } ?? .null),
      ("rule", line.rule.map { .string($0) } ?? .null),
    ]
    if case .opened(let purpose, let time) = line.act {
      members += [("purpose", .string(purpose)), ("opened_at", .integer(time))]
    }
    output.object(members)
    let who = line.agent?.name.shown ?? output.say(.somebody)
    let why = line.rule.map { " (\(output.label($0)))" } ?? ""
    output.line(
      "\(Clock.text(line.recordedAt))  \(who)  \(output.say(line.act.phrase))  \(kind(record.kind)) "
        + "\(short(record.id))\(why)")
  }

  /// Tells up to when the log was told, and of what nothing is.
  func tellEnd(of report: KnowingReport) {
    if report.lines.isEmpty { output.line(output.say(.nobodyKnows)) }
    if let time = report.asOf { output.line(output.say(.knownAsOf, Clock.text(time))) }
    if !report.unavailable.isEmpty {
      output.notice(output.say(.knowingWithheld, String(report.unavailable.count)))
    }
  }

  /// Tells what was printed of the records, by whom and for whom, as far as this replica holds what was noted
  /// of it: paper is in no log of the server's. Who reads without holding what governs is told no names.
  func tellPrintings(of records: [CaseRecord], since: CalendarDay?, _ stock: CaseStock) throws {
    let ids = Set(records.map(\.id))
    let files = Set(records.compactMap(\.caseID)).sorted().compactMap { stock.files[$0] }
    let pages = files.flatMap { $0.printings(of: ids) }.filter { page in
      since.map { (page.day ?? .max) >= $0 } ?? true
    }
    guard !pages.isEmpty else { return }
    try open(pages.map(\.record))
    output.line(output.say(.printedHead))
    for page in pages { tell(page, stock) }
  }

  private func tell(_ page: Printing, _ stock: CaseStock) {
    func told(_ person: Identifier?) -> Identifier? {
      person.flatMap { $0 == me || holdsWhatGoverns ? $0 : nil }
    }
    let (printer, recipient) = (told(page.printer), told(page.recipient))
    func name(_ person: Identifier?) -> JSON { person.map { .string(self.name($0, stock)) } ?? .null }
    output.object([
      ("record", JSON(page.record.id)), ("kind", "disclosure"),
      ("recorded_at", .integer(page.record.created)),
      ("act", "printed"), ("person", JSON(printer)), ("name", name(printer)), ("rule", .null),
      ("day", JSON(page.day)), ("form", .string(page.form)), ("recipient", JSON(recipient)),
      ("recipient_label", JSON(page.recipientLabel)), ("records", .array(page.shown.map { JSON($0) })),
    ])
    let whom =
      page.recipient == nil
      ? page.recipientLabel.map { output.label($0) } ?? "–"
      : recipient.map { self.name($0, stock) } ?? output.say(.somebody)
    output.line(
      output.say(
        .printedLine, page.day?.description ?? "–",
        printer.map { self.name($0, stock) } ?? output.say(.somebody),
        output.label(page.form), whom, String(page.shown.count), short(page.record.id)))
  }
}

extension KnowingLine.Act {
  /// What people call it.
  var phrase: Phrase {
    switch self {
    case .entered: .actEntered
    case .exited: .actExited
    case .changes: .actChanges
    case .history: .actHistory
    case .attachment: .actAttachment
    case .opened: .actOpened
    case .followed: .actFollowed
    case .bundle: .actBundle
    case .untold: .actUntold
    }
  }
}
