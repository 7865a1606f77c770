import CRDT
import Replication
import WireProtocol

/// A message in a few words, so that a transcript can be read and compared.
enum Line {
  static func of(_ frame: Frame) -> String {
    switch frame.direction {
    case .toServer: (try? WireClientMessage(checking: frame.bytes)).map(of) ?? "> unreadable"
    case .toClient: (try? WireServerMessage(checking: frame.bytes)).map(of) ?? "< unreadable"
    }
  }

  static func of(_ message: WireClientMessage) -> String {
    switch message.body {
    case .hello(let hello):
      hello.hasEnrolment ? "> hello, enrolling" : hello.hasSuccession ? "> hello, succeeding" : "> hello"
    case .authentication: "> authentication"
    case .push(let push):
      "> push \(range(push.firstEntry, (try? Push(push))?.entries.count ?? push.entryChanges.count))"
    case .follow(let follow): follow.cursor.isEmpty ? "> follow" : "> follow from cursor"
    case .delivered(let delivered): "> delivered \(delivered.number)"
    case .invitation(let request): "> invitation \(request.request)"
    case .inventory(let inventory): "> inventory \(inventory.heads.count)"
    case .offer(let offer): "> offer \(offer.changes.count)"
    case .confirmation(let request): "> confirmation \(request.request)"
    case .rescue: "> rescue"
    case .rescueItem: "> rescue item"
    case .upload(let upload): "> upload \(upload.size)"
    case .chunk(let chunk): "> chunk \(chunk.offset)+\(chunk.content.count)"
    case .fetch(let fetch): "> fetch \(fetch.offset)"
    case .availability(let request): "> availability of \(request.attachments.count)"
    case .bundle: "> bundle"
    case .holdings(let holdings): "> holdings \(holdings.records.count)"
    case .receipt(let receipt):
      "> receipt \((try? WireReceiptBody(serializedBytes: receipt.body).records.count) ?? 0)"
    case .recoveryEnd(let end): "> recovery end \(end.request)"
    case .quarantine: "> quarantine"
    case .quarantineRefusal: "> quarantine refusal"
    case .checkpoints: "> checkpoints"
    case .knowing: "> knowing"
    case .opened(let opened): "> opened \(opened.rows.count)"
    case .comparison(let request): "> comparison \(request.first)-\(request.second)"
    case .log(let request): "> log \(request.log) from \(request.from)"
    case .inclusion(let request): "> inclusion of \(request.events.count)"
    case .quarantineInquiry(let inquiry): "> quarantine inquiry \(inquiry.entries.count)"
    case .revocation(let request): "> revocation \(request.request)"
    case .directory(let request): "> directory after \(request.skip)"
    case .history(let request): "> history after \(request.skip)"
    case nil: "> nothing known"
    }
  }

  static func of(_ message: WireServerMessage) -> String {
    switch message.body {
    case .hello: "< hello"
    case .welcome(let welcome):
      "< welcome, journal \(welcome.journal.entries)"
        + of(welcome.outcome)
    case .verdicts(let verdicts): of(verdicts)
    case .delivery(let delivery): of(delivery)
    case .invitation(let invitation): "< invitation \(invitation.request)"
    case .wanted(let wanted): "< wanted \(wanted.heads.count { $0.wanted })"
    case .offered(let offered): of(offered)
    case .confirmation(let confirmation): "< confirmation \(confirmation.request)"
    case .rescued(let rescued): of(rescued)
    case .stored(let stored): of(stored)
    case .chunk(let chunk): "< chunk \(chunk.offset)+\(chunk.content.count)"
    case .fetchFailure(let failure):
      "< no chunk \(failure.offset) \(ErrorCode(rawValue: failure.code).name)"
    case .availability(let availability): "< available \(availability.attachments.count)"
    case .bundle: "< bundle"
    case .recoveryEnded(let ended): "< recovery ended \(ended.request)"
    case .quarantine(let page): "< quarantine \(page.entries.count)"
    case .quarantineRefused: "< quarantine refused"
    case .quarantineDecisions(let decisions): "< quarantine decisions \(decisions.decisions.count)"
    case .knowing(let page): "< knowing \(page.rows.count)"
    case .opened(let taken): "< opened \(taken.rows)"
    case .comparison(let answer): answer.code == 0 ? "< comparison" : "< no comparison"
    case .log(let page): "< log \(page.rows.count)"
    case .inclusion(let answer): "< included \(answer.rows.count)"
    case .checkpoints(let answer): "< checkpoints \(answer.logs.count)"
    case .quarantineNotice(let notice): "< quarantine notice \(notice.entries)"
    case .deviceNotice(let notice): "< device notice \(notice.devices)"
    case .order(let order): of(order)
    case .revoked(let revoked): "< revoked \(revoked.devices)"
    case .directory(let page): "< directory \(page.persons.count)\(page.complete ? "" : ", more")"
    case .history(let page): "< history\(page.complete ? "" : ", more")"
    case .failure(let failure):
      "< \(failure.fatal ? "failure" : "refusal") \(ErrorCode(rawValue: failure.code).name)"
    case nil: "< nothing known"
    }
  }

  private static func of(_ order: WireOrder) -> String {
    switch try? WireOrderBody(serializedBytes: order.body).order {
    case .exit(let exit): "< exit \(exit.records.count)"
    case .revocation(let revocation): "< revocation \(revocation.reason)"
    case .lease(let lease): "< lease\(lease.until == 0 ? " without end" : "")"
    default: "< order"
    }
  }

  private static func of(_ outcome: WireOutcome) -> String {
    switch outcome {
    case .unconfirmed: ", unconfirmed"
    case .exitOnly: ", exit only"
    case .recovery: ", recovery"
    case .open, .unspecified, .UNRECOGNIZED: ""
    }
  }

  private static func of(_ offered: WireOffered) -> String {
    let others = offered.outcomes.enumerated().compactMap { offset, outcome -> String? in
      switch outcome {
      case .offerTaken, .offerThere: nil
      case .offerBranched: ", \(offset + 1) BRANCHED"
      case .offerBranchedEarlier: ", \(offset + 1) BRANCHED_EARLIER"
      case .offerWaits: ", \(offset + 1) WAITS"
      case .offerInvalid: ", \(offset + 1) INVALID"
      case .offerStands: ", \(offset + 1) STANDS"
      case .offerUnspecified, .UNRECOGNIZED: ", \(offset + 1) unknown"
      }
    }
    return "< offered \(offered.outcomes.count)" + others.joined()
  }

  private static func of(_ rescued: WireRescued) -> String {
    let code = rescued.code == 0 ? "" : " " + ErrorCode(rawValue: rescued.code).name
    return "< rescued \(rescued.accepted)" + code
  }

  private static func of(_ stored: WireStored) -> String {
    if stored.code != 0 { return "< not stored \(ErrorCode(rawValue: stored.code).name)" }
    return "< stored \(stored.bytes)" + (stored.complete ? ", all" : "") + (stored.rewind ? ", rewind" : "")
  }

  private static func of(_ verdicts: WireVerdicts) -> String {
    let refusals = verdicts.exceptions.map { exception in
      let marks: [WireVerdictKind: String] = [.verdictQuarantined: " waits", .verdictHeld: " held"]
      let mark = marks[exception.verdict] ?? ""
      return ", \(exception.entry) \(ErrorCode(rawValue: exception.code).name)\(mark)"
    }
    return "< verdicts \(range(verdicts.firstEntry, Int(verdicts.entries)))\(refusals.joined())"
      + (verdicts.cursor.isEmpty ? "" : ", cursor")
  }

  private static func of(_ delivery: WireDelivery) -> String {
    let epoch = Identifier(high: 0, low: 0)
    let changes = try? ChangeUnpacker.delivered(Array(delivery.changes), epoch: epoch)
    let voids = changes?.count { $0.payload == nil } ?? 0
    var parts = ["< delivery \(delivery.number)"]
    let enters = (try? delivery.allEnters().count) ?? 0
    if enters > 0 { parts.append("enters \(enters)") }
    if let count = changes?.count, count > 0 { parts.append("changes \(count)") }
    if voids > 0 { parts.append("void \(voids)") }
    if !delivery.cursor.isEmpty { parts.append("cursor") }
    if !delivery.caughtUp { parts.append("more") }
    return parts.joined(separator: ", ")
  }

  private static func range(_ first: UInt64, _ count: Int) -> String {
    count == 1 ? "\(first)" : "\(first)-\(first + UInt64(max(count, 1)) - 1)"
  }
}
