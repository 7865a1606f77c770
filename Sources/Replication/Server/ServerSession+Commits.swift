public import CRDT
import CaseModel
public import WireProtocol

/// What comes of submissions.
extension ServerSession {
  /// The device is known, and its token is written: the session is open.
  public mutating func opened(
    _ device: Device, directory: TenantDirectory, aliases: [Identifier], at now: Int64
  )
    -> [Action]
  {
    guard case .opening = state else { return [] }
    guard let account = directory.accounts[device.account] else { return fail(.unknownDevice) }
    guard let token = device.offeredToken else { return fail(.unknownDevice) }
    let open = OpenSession(
      device: device, account: account, token: token, isInRecovery: directory.isInRecovery,
      revocation: directory.revocations[device.id])
    // Reported in the same moment.
    if let revocation = open.revocation, revocation.reason == .stolen {
      return turnedAway(device, revocation, tenant: directory.tenant, at: now)
    }
    var welcome = open.welcome(tenant: directory.tenant, aliases: aliases, at: now)
    welcome.sessionToken = .init(token.bytes)
    welcome.deliveries = device.deliveries
    welcome.wipes = device.wipes
    state = .open(open)
    return [.authenticated, .send(.with { $0.welcome = welcome })]
  }

  /// A push was judged and its verdicts are durable.
  ///
  /// - Parameter cursor: when everything up to these verdicts was delivered, the cursor that says so.
  public mutating func judged(_ verdicts: [EntryVerdict], cursor: [UInt8]?) -> [Action] {
    if case .rescuing = state { return rescued(verdicts) }
    guard case .open(var open) = state else { return [] }
    open.pushJudged()
    state = .open(open)
    var runs: [[EntryVerdict]] = []
    for verdict in verdicts {
      if let last = runs.last?.last, last.receivedAt == verdict.receivedAt {
        runs[runs.count - 1].append(verdict)
      } else {
        runs.append([verdict])
      }
    }
    return runs.enumerated().map { offset, run in
      .send(.with { $0.verdicts = WireVerdicts(run, cursor: offset == runs.count - 1 ? cursor : nil) })
    }
  }

  /// What the device knows was compared with the log.
  public mutating func compared(_ wanted: [WireWantedHead]) -> [Action] {
    guard case .open = state else { return [] }
    return [.send(.with { $0.wanted = .with { $0.heads = wanted } })]
  }

  /// What the device offered was taken back, as far as it was lacking.
  public mutating func offered(_ outcomes: [WireOfferOutcome]) -> [Action] {
    if case .rescuing = state { return rescued(outcomes) }
    guard case .open = state else { return [] }
    return [.send(.with { $0.offered = .with { $0.outcomes = outcomes } })]
  }

  /// A device was confirmed, or none.
  public mutating func confirmed(request: UInt64, _ error: ProtocolError?) -> [Action] {
    guard case .open = state else { return [] }
    guard let error else { return [.send(.with { $0.confirmation = .with { $0.request = request } })] }
    return refused(request, error)
  }

  /// The recovery ended, or not.
  public mutating func endedRecovery(request: UInt64, _ error: ProtocolError?) -> [Action] {
    guard case .open = state else { return [] }
    guard let error else { return [.send(.with { $0.recoveryEnded = .with { $0.request = request } })] }
    return refused(request, error)
  }

  func refused(_ request: UInt64, _ error: ProtocolError) -> [Action] {
    [
      .send(
        .with {
          $0.failure = .with {
            $0.code = error.code.rawValue
            $0.request = request
          }
        })
    ]
  }

  /// A code was made, or the wish refused.
  public mutating func invited(request: UInt64, _ result: Result<PendingCode, ProtocolError>) -> [Action] {
    guard case .open = state else { return [] }
    switch result {
    case .success(let code):
      var invitation = WireInvitation()
      invitation.request = request
      invitation.codeID = .init(withUnsafeBytes(of: code.id.bigEndian) { Array($0) })
      invitation.expiresAt = code.expiresAt
      invitation.remote = code.isRemote
      return [.send(.with { $0.invitation = invitation })]
    case .failure(let error):
      var failure = WireFailure()
      failure.code = error.code.rawValue
      failure.request = request
      return [.send(.with { $0.failure = failure })]
    }
  }
}

extension WireVerdicts {
  /// Verdicts on consecutive entries that were received at one time.
  init(_ verdicts: [EntryVerdict], cursor: [UInt8]?) {
    self.init()
    firstEntry = verdicts.first?.entry ?? 0
    entries = UInt32(verdicts.count)
    receivedAt = verdicts.first?.receivedAt ?? 0
    var stamps: [UInt8] = []
    for seal in verdicts.flatMap(\.seals) {
      withUnsafeBytes(of: seal.sealedPosition.littleEndian) { stamps.append(contentsOf: $0) }
      stamps += seal.mac.bytes
    }
    self.stamps = .init(stamps)
    exceptions = verdicts.compactMap { verdict in
      guard let refusal = verdict.refusal else { return nil }
      return .with {
        $0.entry = verdict.entry
        $0.verdict = refusal.kind.message
        $0.code = refusal.code.rawValue
        $0.change = refusal.change
        $0.audiences = refusal.audiences.map(\.message)
      }
    }
    if let cursor { self.cursor = .init(cursor) }
  }
}

extension EntryVerdict.Refusal.Kind {
  /// The message's.
  var message: WireVerdictKind {
    switch self {
    case .refused: .verdictRefused
    case .quarantined: .verdictQuarantined
    case .held: .verdictHeld
    }
  }

  /// Reads the message's; `nil` for what is no kind of refusal.
  init?(_ message: WireVerdictKind) {
    switch message {
    case .verdictRefused: self = .refused
    case .verdictQuarantined: self = .quarantined
    case .verdictHeld: self = .held
    case .verdictUnspecified, .verdictAccepted, .UNRECOGNIZED: return nil
    }
  }
}
