import CRDT
import WireProtocol

/// The opening of a push bundle, seen from the server: who wrote it, and for whom.
struct BundleHandshake: Sendable {
  /// What the hello says of the actor.
  let presented: GroupStage.Presented
  /// SHA-256 of the hello.
  let helloDigest: Digest

  /// Checks the opening: as with a session, in an order that tells no more than that an actor is known.
  ///
  /// - Throws: `ProtocolError` with the reason why it is not taken in.
  init(
    _ opening: WireBundleOpening, at now: Int64, directory: TenantDirectory, entropy: ServerSession.Entropy
  ) throws {
    let encoded = Array(opening.hello)
    guard encoded.count <= Limits.helloBytes, let hello = try? WireClientHello(serializedBytes: encoded)
    else { throw ProtocolError.malformed }
    let header = try BundleHeader(encoded: Array(opening.header))
    let handshake = try ServerHandshake(
      hello, bytes: encoded, entropy: entropy, at: now, tenant: directory.tenant)
    // A device comes to be, and changes its key, in a session.
    guard header.kind == .push, !hello.hasEnrolment, !hello.hasSuccession else {
      throw ProtocolError(.unexpected)
    }
    let actor = ActorID(rawValue: hello.actor)
    guard header.actor == actor, Array(hello.tenant) == header.tenant.bytes else {
      throw ProtocolError.malformed
    }
    try handshake.checkTenant(directory)
    let known = try handshake.knownKey(of: actor, in: directory)
    let transcript = Transcript.bundle(header: Array(opening.header), content: encoded)
    guard
      try VerifyingKey(bytes: known.key).isValid(Array(opening.signature), over: transcript, for: .bundle)
    else { throw ProtocolError(.badSignature) }
    presented = try handshake.presented(actor, known.forgotten, entropy)
    helloDigest = Digest(hashing: encoded)
  }
}

extension WireClientMessage {
  /// Whether the message may stand in a bundle, or be said by whoever reads one out.
  var isOfBundle: Bool {
    switch body {
    case .bundle?, .push?, .opened?, .checkpoints?, .follow?, .delivered?, nil: true
    default: false
    }
  }
}
