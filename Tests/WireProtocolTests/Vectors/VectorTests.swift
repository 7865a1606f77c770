import CRDT
import Foundation
import SwiftProtobuf
import Testing

@testable import WireProtocol

/// The golden vectors under `Protocol/vectors` are what this code writes, and this code reads them. With
/// `KOS_WRITE_VECTORS=1` in the environment the first test writes them instead.
@Suite(.serialized) struct VectorTests {
  private static func all(_ fixture: Fixture) throws -> [Vector] {
    try [
      fixture.payloadVector, fixture.headerVector, fixture.chainVector, fixture.journalVector,
      fixture.packedVector,
      fixture.deliveredVector, fixture.stateVector, fixture.sessionVector(), fixture.enrolmentVector(),
      fixture.certificateVector(), fixture.actorVector, fixture.proofVector, fixture.stampVector,
      fixture.cursorVector, fixture.textEditVector, fixture.compressedVector, fixture.textStateVector,
      fixture.bundleVector(), fixture.rescueVector(), fixture.attachmentVector(), fixture.logRowVector,
      fixture.logCheckpointVector,
      fixture.logProofVector(), fixture.statementVector(),
    ] + fixture.invalidVectors
  }

  @Test func filesAreAsWritten() throws {
    let vectors = try Self.all(Fixture())
    for vector in vectors {
      if ProcessInfo.processInfo.environment["KOS_WRITE_VECTORS"] == "1" {
        try vector.text.write(to: vector.file, atomically: true, encoding: .utf8)
      }
      let file = try String(contentsOf: vector.file, encoding: .utf8)
      #expect(file == vector.text, "\(vector.name)")
    }
    for folder in ["", "invalid"] {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: Vector.folder.appending(path: folder).path)
      let prefix = folder.isEmpty ? "" : folder + "/"
      let names = Set(files.filter { $0.hasSuffix(".json") }.map { prefix + $0.dropLast(5) })
      let expected = vectors.map(\.name).filter { $0.contains("/") == !folder.isEmpty }
      #expect(names == Set(expected), "a file that no test knows")
    }
  }

  @Test func theReadmeNamesEachFile() throws {
    let readme = try Repository.document("Protocol/vectors/README.md")
    for vector in try Self.all(Fixture()) {
      #expect(readme.contains("`\(vector.name.replacing("invalid/", with: "")).json`"), "\(vector.name)")
    }
  }

  @Test func invalidEncodingsAreRefused() throws {
    for vector in try Fixture().invalidVectors {
      let file = try VectorFile(vector.name)
      let name = try file.string("format")
      let format = try #require(Format.allCases.first { Fixture.name(of: $0) == name })
      let error = #expect(throws: ProtocolError.self, "\(vector.name)") {
        _ = try format.roundTrip(file.bytes("encoded"))
      }
      #expect(try error?.code.name == file.string("code"), "\(vector.name)")
    }
  }

  @Test func changesAreRead() throws {
    let fixture = try Fixture()
    #expect(try Payload(encoded: VectorFile("payload").bytes("encoded")) == fixture.richPayload)
    let headers = try VectorFile("header").list("headers")
    for (file, change) in zip(headers, fixture.changes) {
      #expect(try ChangeHeader(canonicalBytes: file.bytes("canonical")) == change.header)
    }
    #expect(
      try ChangeHeader(canonicalBytes: headers[3].bytes("canonical")).originDigest == fixture.digests[1])
    #expect(
      try ChangeUnpacker.changes(VectorFile("packed-changes").bytes("encoded"))
        == fixture.changes + [fixture.otherChange, fixture.knowing])
    #expect(try ChangeHeader(canonicalBytes: headers[5].bytes("canonical")) == fixture.knowing.header)
    let delivered = try ChangeUnpacker.delivered(
      VectorFile("delivered-changes").bytes("encoded"), epoch: fixture.epoch)
    #expect(delivered == fixture.delivered)
    #expect(
      try RecordSnapshot(encoded: VectorFile("record-state").bytes("encoded")).encoded
        == fixture.snapshot().encoded)
  }

  @Test func textsAreRead() throws {
    let fixture = try Fixture()
    for (file, payload) in zip(try VectorFile("text-edit").list("payloads"), fixture.textPayloads) {
      #expect(try Payload(encoded: file.bytes("encoded")) == payload)
    }
    #expect(
      try Payload(encoded: VectorFile("payload-compressed").bytes("encoded")) == fixture.payload(1, "Ro"))
    let state = try RecordSnapshot(encoded: VectorFile("text-state").bytes("encoded")).state
    #expect(state == fixture.textSnapshot().state)
    #expect(try state.text(FieldID(rawValue: 3)).string == VectorFile("text-state").string("text"))
  }

  @Test func chainsAreFollowed() throws {
    let fixture = try Fixture()
    let chain = try VectorFile("chain")
    var digest = Chain.start(tenant: fixture.tenant, record: fixture.record, actor: fixture.actor)
    #expect(try digest.bytes == chain.bytes("start"))
    for change in try chain.list("changes") {
      digest = Chain.digest(
        after: digest, header: try change.bytes("header"), payload: try change.bytes("payload"))
      #expect(try digest.bytes == change.bytes("digest"))
    }
    let file = try VectorFile("journal")
    var journal = JournalHead.start(tenant: fixture.tenant, actor: fixture.actor)
    for entry in try file.list("entries") {
      let digests = try entry.strings("changes").map { text in
        try #require(Digest(bytes: [UInt8](hex: text) ?? []))
      }
      journal = journal.appending(changes: digests)
      #expect(try journal.digest.bytes == entry.bytes("digest"))
    }
  }

  @Test func signaturesHold() throws {
    let fixture = try Fixture()
    let session = try VectorFile("session")
    let transcript = Transcript.bytes(
      clientHello: try session.bytes("client_hello"), serverHelloBody: try session.bytes("server_hello_body"))
    #expect(try transcript == session.bytes("transcript"))
    let tenant = try VerifyingKey(bytes: session.bytes("tenant_key"))
    let device = try VerifyingKey(bytes: session.bytes("device_key"))
    #expect(try tenant.isValid(session.bytes("server_signature"), over: transcript, for: .serverHello))
    #expect(try device.isValid(session.bytes("device_signature"), over: transcript, for: .session))
    let certificate = try VectorFile("certificate")
    #expect(
      try tenant.isValid(
        certificate.bytes("signature"), over: certificate.bytes("certificate"), for: .certificate))
    let push = try VectorFile("push-proof")
    #expect(
      try device.isValid(
        push.bytes("signature"), over: fixture.pushProof, tenant: fixture.tenant, actor: fixture.actor))
    #expect(
      try WireClientMessage(serializedBytes: session.bytes("client_hello")).hello.actor
        == fixture.actor.rawValue)
  }

  @Test func bundlesAreRead() throws {
    let fixture = try Fixture()
    let file = try VectorFile("bundle")
    #expect(try fixture.tenantKey.tenantAgreementKey == file.bytes("tenant_agreement_key"))
    for (name, content, kind, key) in [
      ("push", "hello", BundleHeader.Kind.push, "device_key"),
      ("delivery", "body", .delivery, "tenant_key"),
    ] {
      let bundle = try file.object(name)
      let header = try BundleHeader(encoded: bundle.bytes("header"))
      #expect(header.kind == kind && header.tenant == fixture.tenant && header.actor == fixture.actor)
      #expect(try header.sealingInfo == bundle.bytes("sealing_info"))
      let transcript = Transcript.bundle(
        header: try bundle.bytes("header"), content: try bundle.bytes(content))
      #expect(try transcript == bundle.bytes("transcript"))
      let signer = try VerifyingKey(bytes: file.bytes(key))
      let context: SignatureContext = kind == .push ? .bundle : .bundleReply
      #expect(try signer.isValid(bundle.bytes("signature"), over: transcript, for: context))
      #expect(try !signer.isValid(bundle.bytes("signature"), over: transcript, for: .session))
    }
  }

  @Test func messagesOnAttachmentsAreRead() throws {
    let file = try VectorFile("attachment")
    for told in try file.list("client") {
      let message = try WireClientMessage(serializedBytes: told.bytes("encoded"))
      #expect(message.body != nil && message.unknownFields.data.isEmpty)
    }
    for told in try file.list("server") {
      let message = try WireServerMessage(serializedBytes: told.bytes("encoded"))
      #expect(message.body != nil && message.unknownFields.data.isEmpty)
    }
    let upload = try WireClientMessage(serializedBytes: file.list("client")[0].bytes("encoded")).upload
    #expect(try Array(upload.digest) == Digest(hashing: file.bytes("content")).bytes)
  }

  @Test func codesStampsAndCursorsAreRead() throws {
    let fixture = try Fixture()
    let file = try VectorFile("enrolment-code")
    let code = try #require(EnrolmentCode(file.string("text")))
    #expect(code == fixture.code)
    #expect(
      try EnrolmentCode.isValid(
        proof: file.bytes("proof"), verifier: code.verifier, transcript: file.bytes("transcript")))
    for (index, change) in fixture.delivered.enumerated() {
      let position = fixture.stampKey.position(
        in: change.seal, receivedAt: change.receivedAt, isAccepted: change.voidDigest == nil,
        digest: fixture.digests[index])
      #expect(position == UInt64(index + 1))
    }
    let cursor = try fixture.stampKey.openCursor(VectorFile("cursor").bytes("cursor"), actor: fixture.actor)
    #expect(cursor.position == 300 && cursor.epoch == fixture.epoch)
  }
}
