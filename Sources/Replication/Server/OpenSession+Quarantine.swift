import CRDT
public import WireProtocol

/// What a session asks about what waits for persons' decisions.
public enum QuarantineQuestion: Sendable, Equatable {
  /// What waits for this person.
  case entries(WireQuarantineRequest)
  /// What became of the device's own entries.
  case decisions([QuarantineName])
}

extension OpenSession {
  /// - Throws: `ProtocolError`: `LIMIT_EXCEEDED`, `MALFORMED`.
  func quarantineReceived(_ body: WireClientMessage.OneOf_Body) throws -> [ServerSession.Action] {
    switch body {
    case .quarantine(let request):
      return maySend ? [.readQuarantine(.entries(request))] : [.noQuarantine(request.request)]
    case .quarantineRefusal(let refusal):
      guard maySend else { return [.noQuarantine(refusal.request)] }
      guard refusal.reason != .unspecified else { throw ProtocolError.malformed }
      return [
        .submit(
          .refuse(
            QuarantineName(refusal.name), QuarantineReason(refusal.reason), request: refusal.request,
            by: device.actor))
      ]
    case .quarantineInquiry(let inquiry):
      guard inquiry.entries.count <= Limits.quarantinedEntries else { throw ProtocolError(.limitExceeded) }
      return [.readQuarantine(.decisions(inquiry.entries.map(QuarantineName.init)))]
    default: return []
    }
  }
}

extension ServerSession.Action {
  /// What is said where there is nothing, or not for this person.
  static func noQuarantine(_ request: UInt64) -> Self {
    .send(
      .with {
        $0.failure = .with {
          $0.code = ErrorCode.notAvailable.rawValue
          $0.request = request
        }
      })
  }
}

extension ServerSession {
  /// What waited was refused, or not.
  mutating func refused(request: UInt64, _ error: ProtocolError?) -> [Action] {
    guard case .open = state else { return [] }
    if error != nil { return [.noQuarantine(request)] }
    return [.send(.with { $0.quarantineRefused = .with { $0.request = request } })]
  }

  /// Says how many entries wait for the person, when that is another number than was said last.
  mutating func notice(_ waiting: Int) -> [Action] {
    guard case .open(var open) = state, open.isFollowing, open.maySend, !open.isBundle,
      open.noticed != waiting
    else { return [] }
    open.noticed = waiting
    state = .open(open)
    return [.send(.with { $0.quarantineNotice = .with { $0.entries = UInt32(clamping: waiting) } })]
  }

  /// Tells what became of own entries.
  func tell(_ decisions: [QuarantineDecision]) -> [Action] {
    guard case .open(let open) = state, open.takesOrders || open.hasInquired, !open.isBundle
    else { return [] }
    return [.send(.with { $0.quarantineDecisions = .with { $0.decisions = decisions.map(\.message) } })]
  }
}
