public import CRDT
import Replication
import WireProtocol

/// A row of a log of knowing about a record, as people are told it.
public struct KnowingLine: Hashable, Sendable {
  /// What happened.
  public enum Act: Hashable, Sendable {
    /// The record's state was sent to the device.
    case entered
    /// The device was told to wipe the record.
    case exited
    /// Its changes were sent to the device.
    case changes
    /// Its whole history was sent to the device.
    case history
    /// Bytes of the attachment were sent to the device.
    case attachment
    /// It was shown, for a purpose.
    case opened(purpose: String, at: Int64)
    /// The device was brought over what had been committed.
    case followed
    /// A bundle was written for the device.
    case bundle
    /// It was erased, or is not told to this person.
    case untold

    /// What programs call it.
    public var name: String {
      switch self {
      case .entered: "entered"
      case .exited: "exited"
      case .changes: "changes"
      case .history: "history"
      case .attachment: "attachment"
      case .opened: "opened"
      case .followed: "followed"
      case .bundle: "bundle"
      case .untold: "untold"
      }
    }
  }

  /// Who came to know.
  public struct Agent: Hashable, Sendable {
    /// The person.
    public let person: Identifier
    /// The person's name, as far as it is known here.
    public let name: String
    /// The device's actor.
    public let device: UInt64
  }

  /// The record.
  public let record: Identifier
  /// When the server wrote it down, in milliseconds since 1970.
  public let recordedAt: Int64
  /// Who; `nil` where this person is not told.
  public let agent: Agent?
  /// What.
  public let act: Act
  /// The code of the rule by which it was allowed, or ended.
  public let rule: String?
  /// Shows that the row stands in the log.
  public let proof: KnowingProof

  init?(_ told: KnowingInquiry.Row, name: (Identifier) throws -> String) throws {
    guard case .entry(let recordedAt, let agent, let event) = told.row else { return nil }
    record = told.record
    proof = KnowingProof(told)
    self.recordedAt = recordedAt
    self.agent = try agent.content.flatMap { try? LogAgent(encoded: $0) }.map {
      Agent(person: $0.person, name: try name($0.person), device: $0.device.rawValue)
    }
    let said = Event(event, in: told.kind)
    (act, rule) = (said.act, said.rule)
  }
}

extension KnowingLine {
  /// What a row says. What one of a later version says is not told.
  struct Event {
    var act = Act.untold
    var record: Identifier?
    var rule: String?

    init(_ part: LogPart, in kind: LogKind) {
      guard let content = part.content else { return }
      switch kind {
      case .opened:
        guard let opened = try? OpenedEvent(encoded: content) else { return }
        act = .opened(purpose: opened.purpose, at: opened.openedAt)
        record = opened.record
      case .delivered:
        guard let delivered = try? DeliveredEvent(encoded: content) else { return }
        act = Act(delivered.act)
        (record, rule) = (delivered.act.record, delivered.rule)
      }
    }
  }
}

extension KnowingLine.Act {
  fileprivate init(_ act: DeliveredAct) {
    switch act {
    case .enter: self = .entered
    case .exit: self = .exited
    case .changeRun: self = .changes
    case .historyRead: self = .history
    case .attachmentBytes: self = .attachment
    case .cursorAdvance: self = .followed
    case .bundle: self = .bundle
    }
  }
}

/// Who was sent some records, and who opened them.
public struct KnowingReport: Hashable, Sendable {
  /// What happened, oldest first.
  public let lines: [KnowingLine]
  /// The records of which this person is told nothing.
  public let unavailable: [Identifier]
  /// When the server signed what this was held against, in milliseconds since 1970: what came later is not
  /// there. `nil` when nothing was told.
  public let asOf: Int64?
  /// The signed states of the logs that the lines' proofs hold against.
  public let checkpoints: [LogSummary.Checkpoint]
}
