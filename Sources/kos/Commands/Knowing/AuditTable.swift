import SyncClient

/// Shows rows of the logs one by one, in columns of their own width: nobody waits for the last to see the
/// first, however many there are.
struct AuditTable {
  private static let (timeWidth, recordWidth) = (16, 8)
  private static let gap = "  "

  private let output: Output
  /// How many characters who, what and why may have; `nil` for all of them, where nobody reads it on a
  /// terminal.
  private let widths: (who: Int, act: Int, why: Int?)
  private var hasBegun = false

  /// - Parameter width: how many characters a line may have; `nil` for any number.
  init(output: Output, width: Int?) {
    self.output = output
    guard let width else {
      widths = (who: 20, act: 26, why: nil)
      return
    }
    let rest = max(width - Self.timeWidth - Self.recordWidth - 4 * Self.gap.count, 12)
    let act = rest * 2 / 5
    let who = (rest - act) / 2
    widths = (who: who, act: act, why: rest - act - who)
  }

  mutating func show(_ line: AuditedLine) {
    guard !output.json else { return output.object(members(line)) }
    if !hasBegun {
      let heads: [Phrase] = [.auditWhen, .auditWho, .auditWhat, .auditRecord, .auditWhy]
      output.line(row(heads.map { output.say($0) }))
      hasBegun = true
    }
    output.line(
      row([
        Clock.text(line.recordedAt), line.agent?.name ?? output.say(.auditNobody),
        output.say(line.act.phrase), line.record?.description ?? "", why(line) ?? "",
      ]))
  }

  /// When, who, what, of which record, and why.
  private func row(_ cells: [String]) -> String {
    let widths = [Self.timeWidth, self.widths.who, self.widths.act, Self.recordWidth, self.widths.why]
    let fitted = zip(cells, widths).enumerated().map { column, cell in
      guard let width = cell.1 else { return cell.0.shown }
      // The beginning of a record's id names it.
      let text = column == 3 ? String(cell.0.prefix(width)) : cell.0.shown.shown(upTo: width)
      return text.padded(to: width)
    }
    var text = fitted.joined(separator: Self.gap)
    while text.last == " " { text.removeLast() }
    return text
  }

  private func why(_ line: AuditedLine) -> String? {
    if case .opened(let purpose, _) = line.act { return output.label(purpose) }
    return line.rule.map { output.label($0) }
  }

  private func members(_ line: AuditedLine) -> [(String, JSON)] {
    var members: [(String, JSON)] = [
      ("log", .string(line.log.rawValue)), ("place", .integer(Int64(clamping: line.place))),
      ("recorded_at", .integer(line.recordedAt)), ("act", .string(line.act.name)),
      ("person", line.agent.map { JSON($0.person) } ?? .null),
      ("name", line.agent.map { .string($0.name) } ?? .null),
      ("record", line.record.map { JSON($0) } ?? .null),
      ("rule", line.rule.map { .string($0) } ?? .null),
    ]
    if case .opened(let purpose, let time) = line.act {
      members += [("purpose", .string(purpose)), ("opened_at", .integer(time))]
    }
    return members
  }
}
