import Replication
import Storage
import WireProtocol

/// What this session looks for in the log of what was opened.
struct LookedFor {
  var search: OpeningSearch
  /// The rows of the store that were asked for, by the digests of what they say.
  var rows: [Digest: Int64] = [:]
  /// The last row that was asked for.
  var last: Int64 = 0
}

/// The rows that the server said it has, looked for in the log that it signed: once, when the session knows
/// how the log stands.
extension Session {
  /// Begins to look, where the log went forward: against one in which something was found nothing is held.
  func lookForOpenings(after outcomes: [LogWatch.Outcome]) throws {
    guard lookedFor == nil, let signed = logs?.newest(of: .opened), outcomes.contains(.advanced(signed))
    else {
      return
    }
    let meta = try store.meta()
    let search = OpeningSearch(in: signed, person: meta.person, account: meta.account)
    lookedFor = LookedFor(search: search)
    try lookForMore()
  }

  func received(_ answer: WireInclusion) throws {
    guard var looking = lookedFor, !looking.search.isIdle else { return }
    var outcomes: [LogWatch.Outcome] = []
    for outcome in looking.search.receive(answer) {
      switch outcome {
      case .found(let events): try store.noteFound(openings: events.compactMap { looking.rows[$0] })
      case .dropped(let shown): outcomes.append(.found(.rowDropped, shown: shown))
      }
    }
    lookedFor = looking
    if !outcomes.isEmpty { try store.keep(outcomes, at: SystemSource.now) }
    try lookForMore()
    tellIfUpToDate()
  }

  private func lookForMore() throws {
    guard var looking = lookedFor else { return }
    let taken = try store.takenOpenings(after: looking.last, limit: Limits.openedRows)
    guard let last = taken.last, let question = looking.search.next(of: taken.map(\.opening)) else { return }
    looking.last = last.row
    looking.rows = Dictionary(taken.map { ($0.opening.event, $0.row) }) { first, _ in first }
    lookedFor = looking
    let message: [UInt8] = try WireClientMessage.with { $0.inclusion = question }.serializedBytes()
    traffic.sentBytes += message.count
    client?.send(message)
  }
}
