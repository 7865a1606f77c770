public import CRDT
import Replication
import WireProtocol

/// A row of a log of knowing, as the data protection officer is told it.
public struct AuditedLine: Hashable, Sendable {
  /// Which log.
  public let log: LogSummary.Name
  /// Its place in it, from 0.
  public let place: UInt64
  /// When the server wrote it down, in milliseconds since 1970.
  public let recordedAt: Int64
  /// Who came to know; `nil` where that was blinded.
  public let agent: KnowingLine.Agent?
  /// What happened; `untold` where it was erased.
  public let act: KnowingLine.Act
  /// The record; `nil` where it is about none, or was erased.
  public let record: Identifier?
  /// The code of the rule by which it was allowed, or ended.
  public let rule: String?

  /// - Returns: `nil` for what fills the log up, and for what is gone.
  init?(
    _ row: LogRow?, at place: UInt64, in kind: LogKind, name: (Identifier) -> String
  ) {
    guard case .entry(let recordedAt, let agent, let event)? = row else { return nil }
    log = LogSummary.Name(kind)
    self.place = place
    self.recordedAt = recordedAt
    self.agent = agent.content.flatMap { try? LogAgent(encoded: $0) }.map {
      KnowingLine.Agent(person: $0.person, name: name($0.person), device: $0.device.rawValue)
    }
    let said = KnowingLine.Event(event, in: kind)
    (act, record, rule) = (said.act, said.record, said.rule.flatMap { $0.isEmpty ? nil : $0 })
  }
}

extension LogSummary.Name {
  init(_ kind: LogKind) { self = kind == .delivered ? .delivered : .opened }
}
