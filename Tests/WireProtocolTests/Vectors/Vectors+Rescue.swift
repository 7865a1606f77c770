import CRDT
import SwiftProtobuf

@testable import WireProtocol

/// The vectors of what is handed over sealed.
extension Fixture {
  func rescueVector() throws -> Vector {
    let ephemeralSecret = [UInt8](repeating: 6, count: 32)
    let item: [UInt8] = try WireSealedItem.with { $0.push = push() }.serializedBytes()
    let info = TenantSeal.info(tenant: tenant, actor: actor)
    let sealed = try SealedFile(to: tenantKey.tenantAgreementKey, ephemeral: ephemeralSecret, info: info)
      .message(item)
    let pass = Transcript.rescue(tenant: tenant, actor: actor)
    let opened = TenantSeal.open(
      sealed, secret: tenantKey.tenantAgreementSecret, tenant: tenant, actor: actor)
    guard opened == item else { throw ProtocolError.malformed }
    let file = Array("Attached, and not sent.".utf8)
    var digest = RunningDigest()
    digest.add(file)
    let attachment = Identifier(high: 0x6666_6666_6666_4666, low: 0x8666_6666_6666_6666)
    let signed = Transcript.rescueBytes(
      tenant: tenant, actor: actor, attachment: attachment, size: UInt64(file.count), digest: digest.digest)
    let bytes: [UInt8] = try WireSealedItem.with {
      $0.bytes.upload.attachment = .init(attachment.bytes)
      $0.bytes.upload.size = UInt64(file.count)
      $0.bytes.upload.digest = .init(digest.digest.bytes)
      $0.bytes.signature = .init(deviceKey.sign(signed, for: .rescueBytes))
      $0.bytes.content = .init(file)
    }.serializedBytes()
    return Vector(
      name: "rescue",
      content: [
        "what": "Unsent work as it is sealed to the tenant, and what lets somebody hand it over.",
        "tenant": .id(tenant), "actor": .text(actor.description),
        "tenant_agreement_secret": .hex(tenantKey.tenantAgreementSecret),
        "tenant_agreement_key": .hex(tenantKey.tenantAgreementKey),
        "device_secret_key": .hex(deviceSecret), "device_key": .hex(deviceKey.publicKey),
        "ephemeral_secret": .hex(ephemeralSecret), "sealing_info": .hex(info), "item": .hex(item),
        "sealed": .hex(sealed), "signed": .hex(SignatureContext.rescue.bytes(over: pass)),
        "signature": .hex(deviceKey.sign(pass, for: .rescue)),
        "bytes_item": .hex(bytes), "bytes_signed": .hex(SignatureContext.rescueBytes.bytes(over: signed)),
      ])
  }
}
