import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Tells what the user is to do today, across all her cases, and what to type next.
struct Today: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Hvad der venter på dig i alle dine sager, og hvad du kan skrive. Det samme som kos alene.",
      "What waits for you in all your cases, and what to type. The same as kos alone."
    ).said)

  @Flag(
    help: Phrase(
      "Også det, der først skal ske senere, og alt det nye.",
      "What is due later too, and all that is new."
    ).help())
  var all = false
  @OptionGroup var common: CommonOptions

  /// How many new records are told at once.
  private static let newMax = 12

  /// One line of the list.
  private struct Line {
    let section: TodaySection
    let kind: String
    let reason: String
    let caseID: Identifier?
    let record: CaseRecord?
    /// What there is to say where no record does.
    var text: String?
    let dueOn: CalendarDay?
    let overdueDays: Int
    let command: String
  }

  func work(_ session: Session) async throws {
    let records = try session.replica.records()
    let stock = try session.replica.stock()
    let known = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let last = LastLook.read(home: session.replica.home)
    let unseen = session.unseen(stock, since: last)
    let firstSeen = session.firstSeen(records, stock, in: unseen)
    let forecast = try session.ownForecast()
    let items = session.due(stock, forecast)
    let today = session.day(nil)
    var lines = items.map { item in
      let record = item.record.flatMap { known[$0] }
      return Line(
        section: TodaySection(item, on: today), kind: item.kind.rawValue, reason: item.reason.rawValue,
        caseID: item.caseID, record: record, text: session.waiting(item, stock), dueOn: item.dueOn,
        overdueDays: item.overdueDays, command: session.command(item, with: record, forecast))
    }
    let news = session.news(records, stock, since: last, besides: unseen)
    let standing = try session.replica.status()
    lines += try awaiting(session, stock) + quarantine(standing, session) + devices(standing)
    lines += refused(standing, session, known)
    lines += try disagreements(session, stock)
    lines += (all ? firstSeen : Array(firstSeen.prefix(Self.newMax))).map { caseID, count in
      Line(
        section: .new, kind: "case", reason: last == nil ? "first_look" : "new_case", caseID: caseID,
        record: nil, text: session.output.say(last == nil ? .firstLook : .newCase, String(count)), dueOn: nil,
        overdueDays: 0,
        command: "kos case show " + (session.reference(caseID) ?? session.short(caseID)))
    }
    lines += (all ? news : Array(news.prefix(Self.newMax))).map { record in
      Line(
        section: .new, kind: record.kind.definition?.name ?? "", reason: "new",
        caseID: session.home(of: record, stock), record: record, dueOn: nil, overdueDays: 0,
        command: "kos explain " + session.short(record.id))
    }
    let later = lines.count { $0.section == .later }
    if !all { lines.removeAll { $0.section == .later } }
    try show(lines, session, stock, today)
    if later > 0, !all { session.output.line(session.output.say(.moreLater, String(later))) }
    if news.count > Self.newMax, !all {
      session.output.line(session.output.say(.moreNew, String(news.count - Self.newMax)))
    }
    if firstSeen.count > Self.newMax, !all {
      session.output.line(session.output.say(.moreFirstSeen, String(firstSeen.count - Self.newMax)))
    }
    if let latest = records.compactMap({ $0.lastReceived() }).max() {
      LastLook(receivedAt: latest, cases: session.looked(at: stock)).write(home: session.replica.home)
    }
  }

  /// What another leader proposed and two of them decide, as far as this replica holds it.
  private func awaiting(_ session: Session, _ stock: CaseStock) throws -> [Line] {
    session.proposals(stock).map { record, command in
      Line(
        section: .waiting, kind: record.kind.definition?.name ?? "", reason: "second_person",
        caseID: record.caseID, record: record, dueOn: nil, overdueDays: 0, command: command)
    }
  }

  /// What others wrote and the user decides on, as the server last said: it says how much, and not in which
  /// cases.
  private func quarantine(_ standing: ReplicaSummary, _ session: Session) -> [Line] {
    guard standing.waitingForDecision > 0 else { return [] }
    let since = standing.lastContact.map(Clock.text) ?? session.output.say(.never)
    let text = session.output.say(.quarantineWaits, String(standing.waitingForDecision), since)
    return [
      Line(
        section: .waiting, kind: "quarantine", reason: "quarantine_waits", caseID: nil, record: nil,
        text: text, dueOn: nil, overdueDays: 0, command: "kos quarantine list")
    ]
  }

  /// Devices of people whom the user invited from afar, as the server last said.
  private func devices(_ standing: ReplicaSummary) -> [Line] {
    guard standing.devicesWaiting > 0 else { return [] }
    return [
      Line(
        section: .waiting, kind: "device", reason: "device_waits", caseID: nil, record: nil, dueOn: nil,
        overdueDays: 0, command: "kos device list")
    ]
  }

  /// What the user wrote and the server refused.
  private func refused(
    _ standing: ReplicaSummary, _ session: Session, _ known: [Identifier: CaseRecord]
  ) -> [Line] {
    standing.refused.map { work in
      Line(
        section: .refused, kind: work.kind?.definition?.name ?? "", reason: work.code,
        caseID: known[work.record]?.caseID, record: known[work.record], dueOn: nil, overdueDays: 0,
        command: "kos refused show " + session.short(work.record))
    }
  }

  /// What records break together in a case in which the user takes part, and nobody has settled.
  private func disagreements(_ session: Session, _ stock: CaseStock) throws -> [Line] {
    try session.semanticConflicts().filter { conflict in
      stock.files[conflict.caseID].map(session.takesPart) ?? false
    }.map { conflict in
      Line(
        section: .conflict, kind: "settlement", reason: conflict.rule.rawValue, caseID: conflict.caseID,
        record: conflict.evidence.first?.record, dueOn: nil, overdueDays: 0, command: "kos conflicts")
    }
  }

  private func show(
    _ lines: [Line], _ session: Session, _ stock: CaseStock, _ today: CalendarDay
  ) throws {
    let output = session.output
    // The label of each case is shown, and what each line is about.
    let heads = Set(lines.compactMap(\.caseID)).compactMap { stock.files[$0]?.head }
    try session.open(heads.sorted { $0.id < $1.id } + lines.compactMap(\.record))
    if lines.isEmpty { output.line(output.say(.nothingDue)) }
    for section in TodaySection.allCases {
      let own = lines.filter { $0.section == section }
      guard !own.isEmpty else { continue }
      output.line(output.say(section.phrase), section.style)
      for line in own { output.object(try members(line, session, stock)) }
      output.table(own.map { row($0, session, stock, today) }) { place, column in
        column == 2 && own[place].overdueDays > 0 ? .risk : nil
      }
    }
  }

  private func members(_ line: Line, _ session: Session, _ stock: CaseStock) throws -> [(String, JSON)] {
    [
      ("section", .string(line.section.rawValue)), ("kind", .string(line.kind)),
      ("why", .string(line.reason)), ("case", JSON(session.reference(line.caseID))),
      ("case_id", JSON(line.caseID)), ("label", JSON(line.caseID.flatMap { stock.files[$0]?.label })),
      ("record", JSON(line.record?.id)),
      ("text", JSON(line.text ?? line.record.map { session.summary($0, stock) })),
      ("due_on", JSON(line.dueOn)), ("overdue_days", .integer(Int64(line.overdueDays))),
      ("command", .string(line.command)),
    ]
  }

  private func row(
    _ line: Line, _ session: Session, _ stock: CaseStock, _ today: CalendarDay
  ) -> [String] {
    let output = session.output
    let label = line.caseID.flatMap { stock.files[$0]?.label }?.shown(upTo: 16) ?? ""
    let what =
      line.section == .new ? output.label(line.kind) : output.label(line.reason) + urgency(line, output)
    let isTold = line.record.map { [.task, .externalUpdate].contains($0.kind) || line.section == .new }
    let summary = isTold == true ? line.record.map { session.summary($0, stock).shown(upTo: 40) } ?? "" : ""
    let told = line.text ?? summary
    let text = told.isEmpty ? "" : ": " + told
    return [
      "  " + (session.reference(line.caseID) ?? "–"), label,
      line.dueOn.map { output.due($0, from: today) } ?? "", what + text, line.command,
    ]
  }

  /// How urgent its sender calls news, where that is more than routine: the list is in that order.
  private func urgency(_ line: Line, _ output: Output) -> String {
    guard let record = line.record, record.kind == .externalUpdate,
      let urgency = record.text(Field.ExternalUpdate.urgency), urgency != "routine"
    else { return "" }
    return ", " + output.label(urgency)
  }
}
