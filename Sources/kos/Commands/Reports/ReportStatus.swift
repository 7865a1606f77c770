import ArgumentParser
import CaseModel

/// The status memo's figures.
struct ReportStatus: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: Phrase(
      "Statusnotatets tal på en dag og for en periode, ud fra historien.",
      "The status memo's figures on a day and for a period, from history."
    ).said)

  @OptionGroup var options: ReportPeriodOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let period = try options.period(session)
    let stock = try session.replica.stock()
    let memo = StatusMemo(stock, in: period)
    let table = options.form.mask ? OutsideReports(stock, in: period).status : memo.table
    let output = session.output
    guard !options.form.csv, !options.form.chart else {
      return try session.report(table, options.form, [])
    }
    let rows = table.rows.compactMap { row -> (key: String, cell: ReportTable.Cell)? in
      guard case .code(let key)? = row.first, let cell = row.last else { return nil }
      return (key, cell)
    }
    let hidden = rows.filter { $0.cell == .hidden }.map { JSON.string($0.key) }
    output.object(
      session.members(period) + rows.map { ($0.key, session.json($0.cell)) } + [
        ("interruption_periods", .array(memo.interruptions.map(Self.members))),
        ("targets", .array(memo.targets.map { members($0, rows) })), ("masked", .array(hidden)),
      ])
    output.table(rows.map { [output.label($0.key), session.text($0.cell, stock)] })
    for interruption in memo.interruptions {
      output.line(
        output.say(
          .interrupted, interruption.start.description, interruption.end?.description ?? "…",
          interruption.cause.map(output.label) ?? "–"))
    }
    for target in memo.targets {
      let reached = rows.first { $0.key == target.figure }.map { session.text($0.cell, stock) } ?? "–"
      output.line(
        output.say(
          .targeted, output.label(target.figure), String(target.value), target.due.description, reached))
    }
    if options.form.mask, !output.json { output.notice(output.say(.maskedReport)) }
  }

  private static func members(_ interruption: StatusMemo.Interruption) -> JSON {
    .object([
      ("from", JSON(interruption.start)), ("until", JSON(interruption.end)),
      ("cause", JSON(interruption.cause)),
    ])
  }

  /// What is reached is told as far as the figure itself is.
  private func members(
    _ target: StatusMemo.Target, _ rows: [(key: String, cell: ReportTable.Cell)]
  ) -> JSON {
    let isHidden = rows.contains { $0.key == target.figure && $0.cell == .hidden }
    return .object([
      ("figure", .string(target.figure)), ("value", .integer(Int64(target.value))),
      ("due_on", JSON(target.due)),
      ("reached", JSON(isHidden ? nil : target.reached.map { Int64($0) })),
    ])
  }
}
