import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Reads all of both logs, and shows who came to know what.
struct KnowingLogAudit: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: Phrase(
      "Læs hele begge logge: hvem der har fået og åbnet hvad, og om en række er rettet siden.",
      "Read all of both logs: who was sent and opened what, and whether a row was altered since."
    ).said,
    discussion: Phrase(
      """
      For databeskyttelsesrådgiveren; alle andre får ikke noget at vide. Hver række bliver læst og holdt op \
      mod hver udgave af loggene, som kommunen har underskrevet, og som denne enhed eller serveren gemmer. \
      --since og --person vælger, hvad der vises; læst bliver det hele. Indholdet af det, nogen har åbnet, \
      er ikke i loggen.
      """,
      """
      For the data protection officer; nobody else is told anything. Every row is read, and held against \
      each state of the logs that the municipality signed and that this device or the server keeps. --since \
      and --person choose what is shown; all of it is read. The content of what somebody opened is not in \
      the log.
      """
    ).said)

  @Option(
    help: Phrase("Vis fra og med denne dag.", "Show from this day on.").help(valueName: "day"),
    transform: CalendarDay.past)
  var since: CalendarDay?
  @Option(help: Phrase("Vis kun denne person.", "Show this person alone.").help(valueName: "name"))
  var person: String?
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.content

  func work(_ session: Session) async throws {
    let output = session.output
    let report: AuditReport
    do {
      report = try await read(session)
    } catch {
      // What the session found of the logs is told, whatever ended it.
      output.endProgress()
      session.tellLogs(try session.replica.status())
      throw error
    }
    output.endProgress()
    for log in report.logs { tell(log, session) }
    if let error = report.brokenOff {
      output.notice(output.say(.auditBrokenOff, output.text(Failure(error))))
    }
    let status = try session.replica.status()
    session.tellLogs(status)
    guard !report.hasFaults else { throw Failure(.refused, .auditBroken) }
    guard status.logFindings.isEmpty else { throw Failure(.refused, .auditContradicted) }
  }

  /// Reads all of it, and shows the rows that are wanted as they come.
  private func read(_ session: Session) async throws -> AuditReport {
    let output = session.output
    var table = AuditTable(output: output, width: Output.terminalWidth)
    let wanted = try person.map { try session.person($0) }
    let from = since.map(Clock.start) ?? .min
    return try await session.replica.auditLogs(passphrase: session.passphrase) { lines, read, total in
      let shown = lines.filter { line in
        line.recordedAt >= from && (wanted == nil || line.agent?.person == wanted)
      }
      if !shown.isEmpty { output.endProgress() }
      for line in shown { table.show(line) }
      // On a terminal the rows themselves tell how it goes on; where they go into a file, this does.
      output.progress(output.say(.auditing, String(read * 100 / max(total, 1)), String(total)))
    }
  }

  private func tell(_ log: AuditedLog, _ session: Session) {
    let output = session.output
    let rows: JSON = log.signed.map { JSON($0.size) } ?? .null
    let signedAt: JSON = log.signed.map { JSON.integer($0.signedAt) } ?? .null
    output.object([
      ("log", .string(log.log.rawValue)), ("rows", rows), ("signed_at", signedAt), ("read", JSON(log.read)),
      ("checkpoints", .integer(Int64(log.checkpoints))),
      ("padding", JSON(log.padding)), ("blinded", JSON(log.blinded)), ("proven", JSON(log.proven)),
      (
        "faults",
        .array(
          log.faults.map {
            .object([("fault", .string($0.code)), ("first", JSON($0.first)), ("last", JSON($0.last))])
          })
      ), ("fault_count", .integer(Int64(log.faultCount))),
    ])
    let name = output.say(log.log == .delivered ? .logOfDelivered : .logOfOpened)
    guard let signed = log.signed else { return output.notice(output.say(.auditNotShown, name)) }
    output.line(
      output.say(
        .auditedLog, name, String(signed.size), Clock.text(signed.signedAt), String(log.checkpoints),
        String(log.padding), String(log.blinded)))
    for fault in log.faults {
      output.notice(
        output.say(.auditFault, name, String(fault.first), String(fault.last), output.say(phrase(fault))))
    }
    let more = log.faultCount - log.faults.count
    if more > 0 { output.notice(output.say(.auditMore, name, String(more))) }
  }

  private func phrase(_ fault: AuditedLog.Fault) -> Phrase {
    switch fault.code {
    case "altered_row": .auditAlteredRow
    case "altered_rows": .auditAlteredRows
    case "missing_rows": .auditMissingRows
    default: .auditBadCheckpoint
    }
  }
}

extension JSON {
  fileprivate init(_ count: UInt64) { self = .integer(Int64(clamping: count)) }
}
