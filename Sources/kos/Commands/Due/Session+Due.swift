import CRDT
import CaseModel

extension Session {
  /// What the user is to do, the most pressing first.
  func due(_ stock: CaseStock, _ forecast: AccessForecast) -> [DueItem] {
    let items = DueWork(
      for: me, as: replica.profile.role, on: replica.today(), cadences: cadences(stock),
      interruptions: Interruptions(stock), workflows: workflows(stock)
    ).items(in: stock)
    // Of a case that went to another municipality the head alone is left: it does not say that nobody has it.
    return items.filter { item in
      item.kind != .allocation || item.caseID.map { forecast.reads(.allocation, in: $0) } ?? true
    }
  }

  /// The command by which a thing is done, or looked into where the user may not do it herself, as it is
  /// typed here.
  ///
  /// - Parameter record: what the thing is about, as far as it is a record.
  func command(_ item: DueItem, with record: CaseRecord?, _ forecast: AccessForecast) -> String {
    let command = forecast.mayDo(item, with: record) ? item.command : item.kind.lookCommand
    let caseWord = self.reference(item.caseID) ?? ""
    let recordWord = item.record.map(short) ?? ""
    let words = command.split(separator: " ").map { word -> String in
      switch word {
      case "{case}": caseWord
      case "{record}": recordWord
      case "{step}": item.step ?? ""
      case "TEXT": output.say(.yourText)
      case "WHY": output.say(.yourReason)
      case "PERSON": output.say(.yourPerson)
      default: String(word)
      }
    }
    return "kos " + words.joined(separator: " ")
  }

  /// The step that a case waits for and how long it has, in words; `nil` for all else.
  func waiting(_ item: DueItem, _ stock: CaseStock) -> String? {
    guard let code = item.step, let since = item.since, let file = item.caseID.flatMap({ stock.files[$0] })
    else { return nil }
    let title = workflow(of: file, stock).step(code).map { output.text($0.title) } ?? code
    let days = String(day(nil).days(since: since))
    return output.say(.stepWaitsSince, title.shown(upTo: 48), since.description, days)
  }

  /// What has come in from others since the user looked last, the latest first; nothing when she never did.
  ///
  /// - Parameter cases: those of which she saw nothing then: they are told as a whole.
  func news(
    _ records: [CaseRecord], _ stock: CaseStock, since last: LastLook?, besides cases: Set<Identifier>
  ) -> [CaseRecord] {
    guard let last else { return [] }
    let account = replica.profile.account
    var news: [(record: CaseRecord, receivedAt: Int64)] = []
    // Where a family lives is told where it is asked for.
    for record in records where record.kind != .protectedContact && !record.isEnteredInError {
      if !cases.isEmpty, let home = home(of: record, stock), cases.contains(home) { continue }
      if let receivedAt = record.lastReceived(besides: account), receivedAt > last.receivedAt {
        news.append((record, receivedAt))
      }
    }
    news.sort { left, right in
      left.receivedAt == right.receivedAt
        ? left.record.id < right.record.id : left.receivedAt > right.receivedAt
    }
    return news.map(\.record)
  }

  /// The cases of which the user saw nothing when she looked last, and wrote nothing in herself: all when she
  /// never did, and what she was given since.
  func unseen(_ stock: CaseStock, since last: LastLook?) -> Set<Identifier> {
    guard let last else { return Set(stock.files.keys) }
    guard let known = last.cases else { return [] }
    let given = stock.files.values.filter { file in
      known[file.id].map { !$0 && isShownWhole(file) } ?? true
    }
    return Set(given.filter { !wrote(in: $0) }.map(\.id))
  }

  /// The cases that the user has now, for when she looks again.
  func looked(at stock: CaseStock) -> [Identifier: Bool] { stock.files.mapValues(isShownWhole) }

  /// Whether more of a case is shown than a leader sees of every one.
  private func isShownWhole(_ file: CaseFile) -> Bool {
    replica.profile.role != .leader || takesPart(in: file)
  }

  private func wrote(in file: CaseFile) -> Bool {
    file.records.values.contains { $0.contains { $0.creator == me } }
  }

  /// Of the cases of which the user saw nothing yet those that others wrote in, in order of label, each with
  /// how much there is: she is told which cases she sees now, and not each record of years.
  func firstSeen(
    _ records: [CaseRecord], _ stock: CaseStock, in cases: Set<Identifier>
  ) -> [(caseID: Identifier, count: Int)] {
    let account = replica.profile.account
    var counts: [Identifier: Int] = [:]
    for record in records where record.kind != .protectedContact && !record.isEnteredInError {
      guard record.lastReceived(besides: account) != nil, let home = home(of: record, stock),
        cases.contains(home)
      else { continue }
      counts[home, default: 0] += 1
    }
    return stock.cases.compactMap { file in counts[file.id].map { (file.id, $0) } }
  }
}
