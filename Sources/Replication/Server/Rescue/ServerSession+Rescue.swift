import CRDT
public import WireProtocol

/// What a device kept sealed, handed over by somebody who cannot open the device (`Protocol/README.md`
/// section 13).
///
///     awaitingAuthentication ──opening──▶ rescuing ──item──▶ (the group commits) ──▶ counts
///
/// Nothing depends on who hands it over: a push counts by its signature, a change by its stamp, a piece of a
/// file by its device's signature of the file's digest.
extension ServerSession {
  /// Somebody shows what the device signed for this.
  ///
  /// - Throws: `ProtocolError`: `UNEXPECTED`, `UNKNOWN_DEVICE`, `BAD_SIGNATURE`, `WRONG_TENANT`,
  ///   `DEVICE_REVOKED`.
  mutating func rescueOpened(
    _ opening: WireRescueOpening, _ directory: TenantDirectory
  ) throws -> [Action] {
    guard case .awaitingAuthentication(let handshake) = state else { throw ProtocolError(.unexpected) }
    guard !handshake.isEnrolment, !handshake.clientHello.hasSuccession,
      let device = directory.devices[ActorID(rawValue: handshake.clientHello.actor)]
    else { throw ProtocolError(.unknownDevice) }
    let signed = Transcript.rescue(tenant: directory.tenant.id, actor: device.actor)
    guard
      try VerifyingKey(bytes: device.signingKey).isValid(
        Array(opening.signature), over: signed, for: .rescue)
    else { throw ProtocolError(.badSignature) }
    try handshake.checkTenant(directory)
    guard directory.revocations[device.id]?.reason != .stolen else { throw ProtocolError(.deviceRevoked) }
    state = .rescuing(OpenRescue(device: device))
    return [.authenticated, .send(.with { $0.rescued = .init() })]
  }

  /// An item came in.
  ///
  /// - Throws: `ProtocolError`: `UNEXPECTED`, `LIMIT_EXCEEDED`.
  mutating func rescueReceived(
    _ item: WireRescueItem, _ directory: TenantDirectory
  ) throws -> [Action] {
    guard case .rescuing(var rescue) = state else { throw ProtocolError(.unexpected) }
    try rescue.itemReceived()
    let tenant = directory.tenant
    let content = TenantSeal.open(
      Array(item.content), secret: tenant.signingKey.tenantAgreementSecret, tenant: tenant.id,
      actor: ActorID(rawValue: item.actor))
    let answer: Action
    do {
      guard let content else { throw ProtocolError(.notOpened) }
      answer = try submission(of: content, from: item.actor, &rescue, directory)
    } catch let error as ProtocolError {
      answer = .send(.with { $0.rescued = .with { $0.code = error.code.rawValue } })
      _ = try rescue.failed(error.code)
    }
    state = .rescuing(rescue)
    return [answer]
  }

  private func submission(
    of content: [UInt8], from actor: UInt64, _ rescue: inout OpenRescue, _ directory: TenantDirectory
  ) throws -> Action {
    guard let sealed = try? WireSealedItem(serializedBytes: content) else { throw ProtocolError.malformed }
    switch sealed.item {
    case .push(let message):
      let device = directory.devices[rescue.device.actor] ?? rescue.device
      guard actor == device.actor.rawValue else { throw ProtocolError(.unexpected) }
      guard !device.isRetired else { throw ProtocolError(.forked) }
      let push = try Push(message)
      rescue.submitted(known: push.entries.count { $0.number <= device.journal.entries })
      return .submit(.push(push, from: device.actor))
    case .change(let message):
      // What has no stamp anybody might have made.
      guard message.hasStamp else { throw ProtocolError(.notProven) }
      let offered = try OfferedChange(message)
      rescue.submitted(known: 0)
      return .submit(.offer([offered], by: rescue.device.actor))
    case .bytes(let message):
      let bytes = try SignedBytes(message)
      // An actor before this one may have signed: the device goes on under another, and the file is the same.
      guard let signer = directory.devices[ActorID(rawValue: actor)], signer.id == rescue.device.id,
        bytes.isSigned(by: signer, tenant: directory.tenant.id)
      else { throw ProtocolError(.notProven) }
      rescue.submitted(known: 0)
      return .submit(.rescueBytes(bytes, from: signer.actor))
    case .chunk, nil: throw ProtocolError(.notProven)
    }
  }

  /// A piece of a file is durable, or was not taken: how much of the file is here.
  mutating func rescued(_ answer: UploadAnswer) -> [Action] {
    guard case .rescuing(var rescue) = state else { return [] }
    rescue.settled()
    state = .rescuing(rescue)
    let told = WireRescued.with {
      $0.stored = answer.message
      $0.code = answer.refusal?.rawValue ?? 0
    }
    return [.send(.with { $0.rescued = told })]
  }

  /// What was handed over was judged, durably.
  mutating func rescued(_ verdicts: [EntryVerdict]) -> [Action] {
    guard case .rescuing(var rescue) = state else { return [] }
    let refusals = verdicts.compactMap(\.refusal)
    let answer = WireRescued.with {
      $0.accepted = UInt32(clamping: verdicts.count - refusals.count)
      $0.waiting = UInt32(clamping: refusals.count { $0.kind != .refused })
      $0.refused = UInt32(clamping: refusals.count { $0.kind == .refused })
      $0.known = UInt32(clamping: rescue.waitingKnown ?? 0)
      $0.code = refusals.first?.code.rawValue ?? 0
    }
    rescue.settled()
    state = .rescuing(rescue)
    return [.send(.with { $0.rescued = answer })]
  }

  /// Changes with stamps were looked at, and taken back as far as the log lacked them.
  mutating func rescued(_ outcomes: [WireOfferOutcome]) -> [Action] {
    guard case .rescuing(var rescue) = state else { return [] }
    rescue.settled()
    let known = outcomes.count { $0 == .offerThere || $0 == .offerStands }
    let taken = outcomes.count { $0 == .offerTaken }
    var answer = WireRescued.with {
      $0.accepted = UInt32(clamping: taken + known)
      $0.known = UInt32(clamping: known)
      $0.refused = UInt32(clamping: outcomes.count - taken - known)
    }
    if answer.refused > 0 {
      let isForged = outcomes.contains(.offerInvalid)
      answer.code = isForged ? ErrorCode.notProven.rawValue : ErrorCode.causality.rawValue
      if isForged, (try? rescue.failed(.notProven)) == nil { return fail(.limitExceeded) }
    }
    state = .rescuing(rescue)
    return [.send(.with { $0.rescued = answer })]
  }

  /// What was submitted last cannot be judged. Of somebody who hands over items that ends one of them, where
  /// it is the item that is at fault; everybody else's session ends.
  public mutating func failedToJudge(_ code: ErrorCode) -> [Action] {
    let itemsFaults: Set<ErrorCode> = [.malformed, .unexpected, .badSignature, .forked, .limitExceeded]
    guard case .rescuing(var rescue) = state, rescue.waitingKnown != nil, itemsFaults.contains(code) else {
      return fail(code)
    }
    guard let answer = try? rescue.failed(code) else { return fail(.limitExceeded) }
    state = .rescuing(rescue)
    return [.send(.with { $0.rescued = answer })]
  }
}
