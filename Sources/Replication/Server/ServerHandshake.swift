import CRDT
import WireProtocol

/// The exchange of hellos, seen from the server: nobody is known yet, and nothing is answered that would tell
/// who is.
struct ServerHandshake: Sendable {
  let clientHello: WireClientHello
  let transcript: [UInt8]
  let serverHello: WireServerHello
  /// The epoch that the server's hello names.
  let epoch: Identifier

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
    epoch = tenant.epoch
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
    if clientHello.hasSuccession {
      let succession = try succession(authentication, directory: directory, entropy: entropy)
      try checkTenant(directory)
      return .succeed(succession)
    }
    let actor = ActorID(rawValue: clientHello.actor)
    let known = try knownKey(of: actor, in: directory)
    try check(authentication.signature, by: known.key)
    try checkTenant(directory)
    return .open(try presented(actor, known.forgotten, entropy))
  }

  func checkTenant(_ directory: TenantDirectory) throws {
    guard Array(clientHello.tenant) == directory.tenant.id.bytes else { throw ProtocolError(.wrongTenant) }
  }

  /// The key of an actor that the server knows, or has forgotten: then actors that it knows, and the keys of
  /// those since, say one after the other whose place was taken.
  func knownKey(
    of actor: ActorID, in directory: TenantDirectory
  ) throws -> (key: [UInt8], forgotten: [ActorCertificate]) {
    if let device = directory.devices[actor] { return (device.signingKey, []) }
    guard clientHello.lineage.count <= Limits.lineage else { throw ProtocolError(.limitExceeded) }
    var forgotten: [ActorCertificate] = []
    var key: [UInt8]?
    for succession in clientHello.lineage {
      let certificate = try ActorCertificate(encoded: Array(succession.certificate))
      let signer = directory.devices[certificate.predecessor]?.signingKey ?? key
      guard let signer else { continue }
      guard certificate.tenant == directory.tenant.id,
        key == nil || Transcript.actor(of: signer) == certificate.predecessor,
        try VerifyingKey(bytes: signer).isValid(
          Array(succession.signature), over: Array(succession.certificate), for: .succession)
      else { throw ProtocolError(.badSignature) }
      key = certificate.signingKey
      let successor = Transcript.actor(of: certificate.signingKey)
      if directory.devices[successor] == nil { forgotten.append(certificate) }
    }
    guard let key, Transcript.actor(of: key) == actor else { throw ProtocolError(.unknownDevice) }
    return (key, forgotten)
  }

  /// What the hello says of an actor that the server knows.
  func presented(
    _ actor: ActorID, _ forgotten: [ActorCertificate], _ entropy: ServerSession.Entropy
  ) throws -> GroupStage.Presented {
    guard let digest = Digest(bytes: clientHello.journal.digest),
      clientHello.journal.entries <= Limits.highestNumber,
      clientHello.epoch.isEmpty || clientHello.epoch.count == 16
    else { throw ProtocolError.malformed }
    return GroupStage.Presented(
      actor: actor, epoch: Identifier(bytes: clientHello.epoch), toldEpoch: epoch,
      journal: JournalHead(entries: clientHello.journal.entries, digest: digest),
      token: Identifier(bytes: clientHello.sessionToken), cursor: Array(clientHello.cursor),
      newest: try clientHello.hasNewest ? KnownHead(clientHello.newest) : nil, forgotten: forgotten,
      newEpoch: entropy.newEpoch)
  }

  /// Checks that the key of a known actor says that the key of this one takes its place.
  private func succession(
    _ authentication: WireAuthentication, directory: TenantDirectory, entropy: ServerSession.Entropy
  ) throws -> GroupStage.Succession {
    let encoded = Array(clientHello.succession.certificate)
    let certificate = try ActorCertificate(encoded: encoded)
    let known = try knownKey(of: certificate.predecessor, in: directory)
    guard certificate.tenant == directory.tenant.id,
      clientHello.actor == Transcript.actor(of: certificate.signingKey).rawValue,
      try VerifyingKey(bytes: known.key).isValid(
        Array(clientHello.succession.signature), over: encoded, for: .succession)
    else { throw ProtocolError(.badSignature) }
    try check(authentication.signature, by: certificate.signingKey)
    return GroupStage.Succession(
      predecessor: try presented(certificate.predecessor, known.forgotten, entropy),
      signingKey: certificate.signingKey)
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
      deviceName: wish.deviceName, newDevice: entropy.newDevice)
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
