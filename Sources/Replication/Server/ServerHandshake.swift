import CRDT
import WireProtocol

/// The exchange of hellos, seen from the server: nobody is known yet, and nothing is answered that would tell
/// who is.
struct ServerHandshake: Sendable {
  let clientHello: WireClientHello
  let transcript: [UInt8]
  let serverHello: WireServerHello

  var isEnrolment: Bool { clientHello.hasEnrolment }

  /// Answers a hello.
  ///
  /// - Throws: `ProtocolError` when no version or suite is common.
  init(
    _ hello: WireClientHello, bytes: [UInt8], entropy: ServerSession.Entropy, at now: Int64, tenant: Tenant
  ) throws {
    guard hello.versions.contains(Limits.subprotocol), hello.suite == 1 else {
      throw ProtocolError(.noCommonVersion)
    }
    guard hello.nonce.count == 32 else { throw ProtocolError.malformed }
    // What the peer means to tie the session to and this version would pass over must not look tied.
    guard hello.binding.kind == .bindingNone, hello.binding.value.isEmpty else {
      throw ProtocolError(.unsupported)
    }
    var body = WireServerHelloBody()
    body.version = Limits.subprotocol
    body.features = Feature.all
    body.limits = .ours
    body.nonce = .init(entropy.nonce)
    body.tenant = .init(tenant.id.bytes)
    body.tenantKey = .init(tenant.signingKey.publicKey)
    body.tenantName = tenant.name
    body.epoch = .init(tenant.epoch.bytes)
    body.time = now
    body.suite = 1
    let encoded: [UInt8] = try body.serializedBytes()
    clientHello = hello
    transcript = Transcript.bytes(clientHello: bytes, serverHelloBody: encoded)
    var answer = WireServerHello()
    answer.body = .init(encoded)
    answer.signature = .init(tenant.signingKey.sign(transcript, for: .serverHello))
    serverHello = answer
  }

  /// Checks who the peer is.
  ///
  /// - Returns: what to write before the peer is welcomed.
  /// - Throws: `ProtocolError` with the reason why it is not.
  func authenticate(
    _ authentication: WireAuthentication, directory: TenantDirectory, entropy: ServerSession.Entropy
  ) throws -> ServerSession.Submission {
    if clientHello.hasEnrolment {
      return .enrol(try enrolment(authentication, directory: directory, entropy: entropy))
    }
    guard let device = directory.devices[ActorID(rawValue: clientHello.actor)] else {
      throw ProtocolError(.unknownDevice)
    }
    try check(authentication.signature, by: device.signingKey)
    guard Array(clientHello.tenant) == directory.tenant.id.bytes else { throw ProtocolError(.wrongTenant) }
    guard clientHello.epoch.isEmpty || Array(clientHello.epoch) == directory.tenant.epoch.bytes else {
      throw ProtocolError(.epochMismatch)
    }
    guard clientHello.journal.entries >= device.journal.entries else { throw ProtocolError(.forked) }
    let presented = Identifier(bytes: clientHello.sessionToken)
    guard presented == nil || presented == device.token || presented == device.offeredToken else {
      throw ProtocolError(.forked)
    }
    return .open(device.actor, presenting: presented, offering: entropy.token)
  }

  private func enrolment(
    _ authentication: WireAuthentication, directory: TenantDirectory, entropy: ServerSession.Entropy
  ) throws -> GroupStage.Enrolment {
    let wish = clientHello.enrolment
    guard wish.codeID.count == 8, wish.signingKey.count == 32,
      AgreementKey.isUsable(Array(wish.agreementKey)), wish.deviceName.utf8.count <= Limits.nameBytes
    else { throw ProtocolError.malformed }
    let key = Array(wish.signingKey)
    guard Transcript.actor(of: key).rawValue == clientHello.actor else { throw ProtocolError.malformed }
    try check(authentication.signature, by: key)
    let code = wish.codeID.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let isProved = directory.codes[code].map {
      EnrolmentCode.isValid(
        proof: Array(authentication.enrolmentProof), verifier: $0.verifier, transcript: transcript)
    }
    return GroupStage.Enrolment(
      code: code, isProved: isProved ?? false, signingKey: key, agreementKey: Array(wish.agreementKey),
      deviceName: wish.deviceName, newDevice: entropy.newDevice,
      token: entropy.token)
  }

  private func check(_ signature: some Collection<UInt8>, by key: [UInt8]) throws {
    guard let key = try? VerifyingKey(bytes: key),
      key.isValid(Array(signature), over: transcript, for: .session)
    else { throw ProtocolError(.badSignature) }
  }
}

extension WireSizeLimits {
  /// The limits of this implementation.
  static var ours: WireSizeLimits {
    .with {
      $0.messageBytes = UInt32(Limits.messageBytes)
      $0.entryChanges = UInt32(Limits.entryChanges)
      $0.outstandingDeliveries = UInt32(Limits.outstandingDeliveries)
    }
  }
}
