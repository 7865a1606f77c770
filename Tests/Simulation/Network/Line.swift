import CRDT
import Replication
import WireProtocol

/// A message in a few words.
enum Line {
  static func of(_ bytes: [UInt8], _ direction: Direction) -> String {
    switch direction {
    case .toServer: (try? WireClientMessage(serializedBytes: bytes)).map(of) ?? "unreadable"
    case .toClient: (try? WireServerMessage(serializedBytes: bytes)).map(of) ?? "unreadable"
    }
  }

  private static func of(_ message: WireClientMessage) -> String {
    switch message.body {
    case .hello(let hello):
      hello.hasEnrolment ? "hello, enrolling" : "hello, journal \(hello.journal.entries)"
    case .authentication: "authentication"
    case .push(let push): "push \(push.firstEntry)+\(push.entryChanges.count)"
    case .follow(let follow): follow.cursor.isEmpty ? "follow" : "follow from cursor"
    case .delivered(let delivered): "delivered \(delivered.number)"
    case .invitation: "invitation"
    case .holdings(let holdings): "holds \(holdings.records.count)"
    case .receipt: "receipt"
    case .upload(let upload): "upload of \(upload.size)"
    case .chunk(let chunk): "chunk at \(chunk.offset), \(chunk.content.count) bytes"
    case .fetch(let fetch): "fetch from \(fetch.offset)"
    case .quarantine: "what waits"
    case .quarantineRefusal(let refusal): "refuses \(QuarantineName(refusal.name))"
    case .quarantineInquiry(let inquiry): "what became of \(inquiry.entries.count)"
    case .availability(let asked): "are \(asked.attachments.count) attachments there"
    default: "message"
    }
  }

  private static func of(_ message: WireServerMessage) -> String {
    switch message.body {
    case .hello: "hello"
    case .welcome(let welcome): "welcome, journal \(welcome.journal.entries)"
    case .verdicts(let verdicts):
      "verdicts \(verdicts.firstEntry)+\(verdicts.entries)"
        + verdicts.exceptions.map {
          " \($0.entry) \(ErrorCode(rawValue: $0.code).name)"
            + ($0.verdict == .verdictQuarantined ? ", waits" : "")
        }.joined()
    case .delivery(let delivery): of(delivery)
    case .invitation: "invitation"
    case .order(let order): of(order)
    case .stored(let stored):
      "stored \(stored.bytes)" + (stored.complete ? ", all" : "") + (stored.rewind ? ", rewind" : "")
    case .chunk(let chunk): "chunk at \(chunk.offset), \(chunk.content.count) bytes"
    case .fetchFailure(let failure): "fetch fails, \(ErrorCode(rawValue: failure.code).name)"
    case .availability(let answer): "\(answer.attachments.count) attachments are there"
    case .quarantine(let page): "\(page.entries.count) wait"
    case .quarantineNotice(let notice): "\(notice.entries) wait for you"
    case .quarantineDecisions(let message):
      "decided" + message.decisions.map { " \(QuarantineName($0.name).entry) \($0.outcome)" }.joined()
    case .failure(let failure): "failure \(ErrorCode(rawValue: failure.code).name)"
    default: "message"
    }
  }

  private static func of(_ order: WireOrder) -> String {
    guard case .exit(let exit)? = try? WireOrderBody(serializedBytes: order.body).order
    else { return "order" }
    return "exit of \(exit.records.count)"
  }

  private static func of(_ delivery: WireDelivery) -> String {
    "delivery \(delivery.number), enters \((try? delivery.allEnters().count) ?? 0), "
      + "\(delivery.changes.count) bytes of changes" + (delivery.cursor.isEmpty ? "" : ", cursor")
      + (delivery.caughtUp ? "" : ", more")
  }
}
