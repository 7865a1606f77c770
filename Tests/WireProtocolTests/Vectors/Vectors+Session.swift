import CRDT
import Foundation
import SwiftProtobuf

@testable import WireProtocol

/// The vectors of a session's handshake and of what is signed in it.
extension Fixture {
  func helloMessage() throws -> [UInt8] {
    var hello = WireClientHello()
    hello.versions = [Limits.subprotocol]
    hello.nonce = Data(repeating: 0xaa, count: 32)
    hello.tenant = Data(tenant.bytes)
    hello.epoch = Data(epoch.bytes)
    hello.actor = actor.rawValue
    hello.journal.entries = 3
    hello.journal.digest = Data(digests[2].bytes)
    hello.holdingsDigest = Data(Transcript.holdingsDigest([(record: record, generation: 1)]).bytes)
    hello.sessionToken = Data(repeating: 0xbb, count: 16)
    hello.time = time
    hello.suite = 1
    var message = WireClientMessage()
    message.hello = hello
    return try message.serializedBytes()
  }

  func serverHelloBody() throws -> [UInt8] {
    var body = WireServerHelloBody()
    body.version = Limits.subprotocol
    body.limits.messageBytes = UInt32(Limits.messageBytes)
    body.limits.entryChanges = UInt32(Limits.entryChanges)
    body.limits.outstandingDeliveries = UInt32(Limits.outstandingDeliveries)
    body.nonce = Data(repeating: 0xcc, count: 32)
    body.tenant = Data(tenant.bytes)
    body.tenantKey = Data(tenantKey.publicKey)
    body.tenantName = "Eksempel Kommune"
    body.epoch = Data(epoch.bytes)
    body.time = time + 40
    body.suite = 1
    return try body.serializedBytes()
  }

  func sessionVector() throws -> Vector {
    let (hello, body) = (try helloMessage(), try serverHelloBody())
    let transcript = Transcript.bytes(clientHello: hello, serverHelloBody: body)
    return Vector(
      name: "session",
      content: [
        "what": "Both hellos, the transcript, and what each side signs of it.",
        "tenant_secret_key": .hex(tenantSecret), "tenant_key": .hex(tenantKey.publicKey),
        "device_secret_key": .hex(deviceSecret), "device_key": .hex(deviceKey.publicKey),
        "client_hello": .hex(hello), "server_hello_body": .hex(body), "transcript": .hex(transcript),
        "server_signed": .hex(SignatureContext.serverHello.bytes(over: transcript)),
        "server_signature": .hex(tenantKey.sign(transcript, for: .serverHello)),
        "device_signed": .hex(SignatureContext.session.bytes(over: transcript)),
        "device_signature": .hex(deviceKey.sign(transcript, for: .session)),
        "holdings_digest": .hex(Transcript.holdingsDigest([(record: record, generation: 1)])),
      ])
  }

  var code: EnrolmentCode {
    EnrolmentCode(
      id: 0x0102_0304_0506_0708, secret: Identifier(high: 0x8899_aabb_ccdd_eeff, low: 0x0011_2233_4455_6677),
      fingerprint: EnrolmentCode.fingerprint(of: tenantKey.publicKey))
  }

  func enrolmentVector() throws -> Vector {
    let transcript = Transcript.bytes(clientHello: try helloMessage(), serverHelloBody: try serverHelloBody())
    return Vector(
      name: "enrolment-code",
      content: [
        "what":
          "A code as it is typed, what the server keeps of it, and the proof over the session's transcript.",
        "tenant_key": .hex(tenantKey.publicKey), "id": .hex(code.id), "secret": .hex(code.secret.bytes),
        "fingerprint": .hex(code.fingerprint.bytes), "text": .text(code.description),
        "verifier": .hex(code.verifier), "transcript": .hex(transcript),
        "proof": .hex(EnrolmentCode.proof(verifier: code.verifier, transcript: transcript)),
      ])
  }

  func certificateVector() throws -> Vector {
    var certificate = WireDeviceCertificate()
    certificate.tenant = Data(tenant.bytes)
    certificate.account = Data(account.bytes)
    certificate.device = Data(otherRecord.bytes)
    certificate.signingKey = Data(deviceKey.publicKey)
    certificate.agreementKey = Data(repeating: 9, count: 32)
    certificate.issuedAt = time
    certificate.tenantAgreementKey = Data(tenantKey.tenantAgreementKey)
    let bytes: [UInt8] = try certificate.serializedBytes()
    return Vector(
      name: "certificate",
      content: [
        "what": "A device certificate and the tenant's signature.",
        "tenant_key": .hex(tenantKey.publicKey), "certificate": .hex(bytes),
        "signature": .hex(tenantKey.sign(bytes, for: .certificate)),
      ])
  }

  var actorVector: Vector {
    Vector(
      name: "actor",
      content: [
        "what": "Actor ids of public keys.",
        "actors": .list(
          [deviceKey, otherKey].map {
            ["key": .hex($0.publicKey), "actor": .text(Transcript.actor(of: $0.publicKey).description)]
          }),
      ])
  }
}
