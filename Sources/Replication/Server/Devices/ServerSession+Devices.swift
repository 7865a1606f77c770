import CRDT
import CaseModel
import WireProtocol

/// Requests about devices and people, and what becomes of a device whose access ended.
extension ServerSession {
  /// A list was made, or refused.
  mutating func listed(
    request: UInt64, _ result: Result<WireDirectory, ProtocolError>
  ) -> [Action] {
    guard case .open = state else { return [] }
    switch result {
    case .success(let directory): return [.send(.with { $0.directory = directory })]
    case .failure(let error): return refused(request, error)
    }
  }

  /// Somebody's access was ended, or not.
  mutating func revoked(request: UInt64, _ result: Result<Int, ProtocolError>) -> [Action] {
    guard case .open = state else { return [] }
    switch result {
    case .success(let devices):
      return [
        .send(
          .with {
            $0.revoked = .with {
              $0.request = request
              $0.devices = UInt32(clamping: devices)
            }
          })
      ]
    case .failure(let error): return refused(request, error)
    }
  }

  /// The access of this session's device ended. What is left to do happens in another session, in which it is
  /// sent nothing; of one that was stolen, in none.
  mutating func accessEnded(_ revocation: Revocation, tenant: Tenant, at now: Int64) -> [Action] {
    guard revocation.reason == .stolen else { return fail(.retry) }
    return order(revocation, tenant: tenant, at: now) + fail(.deviceRevoked)
  }

  /// A device that was reported stolen proved who it is. It is told so, signed, so that it wipes what it has,
  /// and nothing that it says is looked at.
  mutating func turnedAway(
    _ device: Device, _ revocation: Revocation, tenant: Tenant, at now: Int64
  ) -> [Action] {
    guard case .opening = state else { return fail(.deviceRevoked) }
    let session = (device.offeredToken ?? device.token).map(StampKey.session(ofOwn:)) ?? 0
    let order = Self.order(
      number: (session &+ 1) << 16 | 1, to: device.actor, tenant: tenant, at: now,
      { $0.revocation = revocation.message })
    return [order] + fail(.deviceRevoked)
  }
}

extension Revocation {
  /// As it is ordered.
  var message: WireDeviceRevocation {
    .with {
      $0.reason = reason.message
      $0.revokedAt = revokedAt
    }
  }
}

extension OpenSession {
  func revoke(_ request: WireRevocationRequest) throws -> ServerSession.Action {
    guard let reason = RevocationReason(request.reason) else { throw ProtocolError.malformed }
    let subject: GroupStage.RevocationWish.Subject
    switch (Identifier(bytes: request.device), Identifier(bytes: request.person)) {
    case (let device?, nil) where request.person.isEmpty: subject = .device(device)
    case (nil, let person?) where request.device.isEmpty: subject = .person(person)
    default: throw ProtocolError.malformed
    }
    let wish = GroupStage.RevocationWish(subject: subject, reason: reason)
    return .submit(.revoke(wish, request: request.request, by: self.device.actor))
  }

  func list(_ request: WireDirectoryRequest) -> ServerSession.Action {
    .submit(.listDevices(skip: Int(request.skip), request: request.request, by: device.actor))
  }
}
