/// What the session's actions are to the shell: what is stored, and what is told.
extension ReplicaMachine {
  mutating func follow(_ command: ClientSession.StoreAction, _ caughtUpAt: Int64?, at now: Int64) {
    switch command {
    case .session(let token, let membership, let serverTime, let deliveries):
      append(
        .session(
          token: token, membership: membership, clockOffset: serverTime &- now, contactAt: now,
          deliveries: deliveries))
    case .verdicts(let verdicts, let cursor):
      append(.verdicts(verdicts, cursor: cursor, caughtUpAt: caughtUpAt))
    case .delivery(let delivery):
      append(.delivery(delivery, caughtUpAt: caughtUpAt))
      // That a record entered is acknowledged once the disk has it: the server notes it. Of other deliveries
      // it notes nothing, and sends again what comes after the cursor.
      if !delivery.enters.isEmpty { following.append(.act(.flush)) }
    case .succession: append(.succession)
    case .standing(let digits): append(.standing(digits: digits))
    case .healed(let healed): append(.healed(healed, at: now))
    case .watermark(let watermark): append(.watermark(watermark))
    case .exit(let records, let erased, let time):
      append(.exit(records, erased: erased, at: time))
    case .missedWipes(let wipes): append(.missedWipes(wipes))
    case .decisions(let decisions): append(.decisions(decisions))
    case .quarantineWaiting(let count): append(Write.quarantineWaiting(count))
    case .devicesWaiting(let count): append(.devicesWaiting(count))
    case .accessEnded(let end, let time): append(.accessEnded(end, at: time))
    case .lease(let lease): append(.lease(lease))
    case .journal(let head, let own): append(.journal(head, after: own))
    }
  }

  private mutating func append(_ write: Write) { following.append(.act(.store(write))) }

  private mutating func append(_ report: Report) { following.append(.act(.report(report))) }

  mutating func follow(_ report: ClientSession.Report) {
    switch report {
    case .opened: append(.opened)
    case .upToDate: append(.upToDate)
    case .invited(let request, let code, let expiresAt):
      append(.invited(request: request, code: code, expiresAt: expiresAt))
    case .healing: append(.healing)
    case .healed(let counts): append(.healed(counts))
    case .unconfirmed(let digits): append(.unconfirmed(digits: digits))
    case .confirmed(let request): append(.confirmed(request: request))
    case .serverRecovers: append(.serverRecovers)
    case .endedRecovery(let request): append(.endedRecovery(request: request))
    case .accessEnded: append(.accessEnded)
    case .revoked(let request, let devices): append(.revoked(request: request, devices: devices))
    case .listed(let entries): append(.listed(entries))
    case .refused(let request, let code): append(.refused(request: request, code))
    case .quarantine(let entries): append(.quarantine(entries))
    case .quarantineRefused(let request): append(.quarantineRefused(request: request))
    case .quarantineWaiting(let count): append(Report.quarantineWaiting(count))
    case .history(let history): append(.history(history))
    case .noHistory(let record): append(.noHistory(record))
    case .failed(let code):
      // The cursor may be what the server cannot read. Without one it sends what this device lacks.
      if code == .malformed { append(.forgetCursor) }
      append(.failed(code))
    }
  }
}
