import CRDT
import Crypto
import Foundation
import SwiftProtobuf

@testable import WireProtocol

/// The vectors of bundles.
extension Fixture {
  private var deviceAgreementSecret: [UInt8] { [UInt8](repeating: 5, count: 32) }
  private var ephemeralSecret: [UInt8] { [UInt8](repeating: 6, count: 32) }

  func bundleVector() throws -> Vector {
    let device = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: deviceAgreementSecret)
    return Vector(
      name: "bundle",
      content: [
        "what": "A push bundle and the delivery bundle that answers it: headers, signatures, files.",
        "tenant_secret_key": .hex(tenantSecret), "tenant_key": .hex(tenantKey.publicKey),
        "tenant_agreement_secret": .hex(tenantKey.tenantAgreementSecret),
        "tenant_agreement_key": .hex(tenantKey.tenantAgreementKey),
        "device_secret_key": .hex(deviceSecret), "device_key": .hex(deviceKey.publicKey),
        "device_agreement_secret": .hex(deviceAgreementSecret),
        "device_agreement_key": .hex(Array(device.publicKey.rawRepresentation)),
        "ephemeral_secret": .hex(ephemeralSecret),
        "push": try bundle(.push, to: tenantKey.tenantAgreementKey, by: deviceKey),
        "delivery": try bundle(.delivery, to: Array(device.publicKey.rawRepresentation), by: tenantKey),
      ])
  }

  private func bundle(
    _ kind: BundleHeader.Kind, to receiver: [UInt8], by key: SigningKey
  ) throws -> JSON {
    func header(_ encapsulated: [UInt8]) -> BundleHeader {
      BundleHeader(kind: kind, tenant: tenant, actor: actor, encapsulatedKey: encapsulated)
    }
    let info = header([]).sealingInfo
    let sealed = try SealedFile(to: receiver, ephemeral: ephemeralSecret, info: info)
    let encoded = header(sealed.encapsulatedKey).encoded
    let content = try kind == .push ? bundleHello() : bundleReplyBody()
    let context: SignatureContext = kind == .push ? .bundle : .bundleReply
    let transcript = Transcript.bundle(header: encoded, content: content)
    let messages =
      try kind == .push
      ? pushMessages(key.opening(header: encoded, hello: content))
      : deliveryMessages(key.reply(header: encoded, body: content))
    let file = try sealed.file(header: encoded, messages: messages, chunkBytes: Limits.bundleChunkBytes)
    return [
      "header": .hex(encoded), "sealing_info": .hex(info),
      kind == .push ? "hello" : "body": .hex(content), "transcript": .hex(transcript),
      "signed": .hex(context.bytes(over: transcript)), "signature": .hex(key.sign(transcript, for: context)),
      "messages": .list(messages.map { .hex($0) }), "file": .hex(file),
    ]
  }

  private func bundleHello() throws -> [UInt8] {
    var hello = try WireClientMessage(serializedBytes: helloMessage()).hello
    hello.sessionToken = Data()
    hello.cursor = Data(repeating: 0xdd, count: 40)
    return try hello.serializedBytes()
  }

  private func bundleReplyBody() throws -> [UInt8] {
    try WireBundleReplyBody.with {
      $0.tenant = Data(tenant.bytes)
      $0.actor = actor.rawValue
      $0.epoch = Data(epoch.bytes)
      $0.time = time + 40
      $0.helloDigest = Data(try Digest(hashing: bundleHello()).bytes)
      $0.cursor = Data(repeating: 0xdd, count: 40)
    }.serializedBytes()
  }

  /// The push of three changes that bundles and sealed items hold.
  func push() -> WirePush {
    var packer = ChangePacker()
    for change in changes { packer.append(change) }
    let journal = digests.prefix(3).reduce(JournalHead.start(tenant: tenant, actor: actor)) {
      $0.appending(changes: [$1])
    }
    let proof = PushProof(
      journal: journal, heads: [.init(record: record, number: 3, digest: digests[2])])
    return .with {
      $0.firstEntry = 1
      $0.changes = Data(packer.encoded)
      $0.signature = Data(deviceKey.sign(proof, tenant: tenant, actor: actor))
    }
  }

  private func pushMessages(_ opening: WireBundleOpening) throws -> [[UInt8]] {
    try [
      WireClientMessage.with { $0.bundle = opening }, .with { $0.push = push() },
      .with { $0.follow.cursor = Data(repeating: 0xdd, count: 40) },
    ].map { try $0.serializedBytes() }
  }

  private func deliveryMessages(_ reply: WireBundleReply) throws -> [[UInt8]] {
    let welcome = WireWelcome.with {
      $0.outcome = .open
      $0.journal.digest = Data(JournalHead.start(tenant: tenant, actor: actor).digest.bytes)
    }
    let verdicts = WireVerdicts.with {
      $0.firstEntry = 1
      $0.entries = 3
      $0.receivedAt = time + 40
      $0.stamps = Data(repeating: 0xee, count: 72)
    }
    return try [
      WireServerMessage.with { $0.bundle = reply }, .with { $0.welcome = welcome },
      .with { $0.verdicts = verdicts },
      .with {
        $0.delivery.number = 1
        $0.delivery.cursor = Data(repeating: 0xdf, count: 40)
        $0.delivery.caughtUp = true
      },
    ].map { try $0.serializedBytes() }
  }
}
