import CRDT

@testable import WireProtocol

/// Random rows of the logs of knowing.
extension SplitMix64 {
  mutating func agent() -> LogAgent {
    LogAgent(person: identifier(), account: identifier(), device: actor())
  }

  mutating func act() -> DeliveredAct {
    let record = identifier()
    let generation = UInt64(below(300) + 1)
    let first = UInt64(below(1 << 20) + 1)
    switch below(7) {
    case 0: return .enter(record: record, generation: generation)
    case 1: return .exit(record: record, generation: generation)
    case 2: return .changeRun(record: record, actor: actor(), numbers: first...first + UInt64(below(9)))
    case 3: return .historyRead(record: record)
    case 4: return .attachmentBytes(record: record, bytes: (first - 1)..<(first + UInt64(below(9))))
    case 5: return .cursorAdvance(positions: first...first + 300)
    default: return .bundle(header: digest())
    }
  }

  mutating func delivered() -> DeliveredEvent {
    let act = act()
    let rules = act.fields.record == nil ? ["", "participant"] : ["participant", "consent"]
    return DeliveredEvent(act: act, rule: pick(rules), ground: flip() ? identifier() : nil)
  }

  mutating func opened() -> OpenedEvent {
    OpenedEvent(record: identifier(), openedAt: time(), purpose: pick(["follow-up", "meeting", "æ"]))
  }

  mutating func row(of kind: LogKind) -> LogRow {
    let salts = (identifier(), identifier())
    switch kind {
    case .delivered: return LogRow(recordedAt: time(), agent: agent(), delivered: delivered(), salts: salts)
    case .opened: return LogRow(recordedAt: time(), agent: agent(), opened: opened(), salts: salts)
    }
  }
}
