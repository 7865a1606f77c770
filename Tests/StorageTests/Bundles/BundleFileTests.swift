import CRDT
import Crypto
import Foundation
import Testing
import WireProtocol

@testable import Storage

/// The file of a bundle: what is written is read, and nothing else opens.
@Suite struct BundleFileTests {
  private let receiver = Curve25519.KeyAgreement.PrivateKey()
  private let tenant = Identifier(high: 1, low: 2)
  private let actor = ActorID(rawValue: 77)

  private var key: [UInt8] { Array(receiver.publicKey.rawRepresentation) }
  private var secret: [UInt8] { Array(receiver.rawRepresentation) }

  private func header(_ encapsulated: [UInt8]) -> BundleHeader {
    BundleHeader(kind: .push, tenant: tenant, actor: actor, encapsulatedKey: encapsulated)
  }

  @discardableResult
  private func write(_ messages: [[UInt8]], to path: String) throws -> Int {
    let writer = try BundleWriter(path: path, sealedTo: key, header)
    for message in messages { try writer.append(message) }
    return try writer.finish()
  }

  private func read(_ path: String, secret: [UInt8]? = nil) throws -> [[UInt8]] {
    let reader = try BundleReader(path: path)
    try reader.open(.push, secret: secret ?? self.secret)
    var messages: [[UInt8]] = []
    while let message = try reader.nextMessage() { messages.append(message) }
    #expect(reader.offset == reader.fileBytes)
    return messages
  }

  private func message(_ count: Int, _ seed: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ seed) }
  }

  @Test func whatIsWrittenIsRead() throws {
    let folder = try TemporaryDirectory()
    let chunk = Limits.bundleChunkBytes
    // Around the edges of chunks, and messages that lie across several.
    for (index, sizes) in [
      [], [1], [chunk - 4], [chunk - 5, 1], [chunk - 3], [chunk, chunk, chunk], [2 * chunk - 4],
      [Limits.messageBytes], [1, Limits.messageBytes, 1, 7, chunk],
    ].enumerated() {
      let messages = sizes.enumerated().map { message($0.element, $0.offset) }
      let path = folder.path + "/\(index).bundle"
      let bytes = try write(messages, to: path)
      #expect(try read(path) == messages)
      let status = try FileManager.default.attributesOfItem(atPath: path)
      #expect(status[.size] as? Int == bytes && status[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func nothingOfItIsInClear() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.bundle"
    let canary = Array("KANARIFUGL".utf8)
    try write([canary, message(300, 1) + canary], to: path)
    let file = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(file.range(of: Data(canary)) == nil)
  }

  @Test func aFileThatIsThereStaysAndAnUnfinishedOneGoes() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.bundle"
    try write([[1]], to: path)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: BundleError(.exists)) { try write([[2]], to: path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    do {
      let writer = try BundleWriter(path: folder.path + "/b.bundle", sealedTo: key, header)
      try writer.append([3])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.bundle"])
    #expect(throws: BundleError(.notAccessible)) { try write([[1]], to: folder.path + "/none/a.bundle") }
    #expect(throws: BundleError(.missing)) { try BundleReader(path: folder.path + "/c.bundle") }
  }

  @Test func aFileThatWasCutAnywhereDoesNotOpen() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.bundle"
    let messages = [message(100, 1), message(Limits.bundleChunkBytes + 50, 2), message(20, 3)]
    try write(messages, to: path)
    let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let cut = folder.path + "/cut.bundle"
    let lengths = Array(0..<120) + Array(stride(from: 120, to: whole.count, by: 997)) + [whole.count - 1]
    for length in lengths {
      try Data(whole.prefix(length)).write(to: URL(fileURLWithPath: cut))
      try expectDamage(cut, before: length, "cut at \(length)")
    }
    try Data(whole + [0]).write(to: URL(fileURLWithPath: cut))
    try expectDamage(cut, before: whole.count, "longer by a byte")
    try Data(whole + whole.suffix(36)).write(to: URL(fileURLWithPath: cut))
    try expectDamage(cut, before: whole.count, "with an end twice")
  }

  /// Reading must fail, say where, and give no message that was not written.
  private func expectDamage(_ path: String, before length: Int, _ what: Comment) throws {
    do {
      _ = try read(path)
      Issue.record(what)
    } catch let error as BundleError {
      #expect([.damaged, .foreignFile, .newerVersion, .wrongKind].contains(error.code), what)
      if error.code == .damaged { #expect((0...length).contains(error.offset ?? -1), what) }
    }
  }

  @Test func aFileInWhichABitIsTurnedDoesNotOpen() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.bundle"
    try write([message(100, 1), message(Limits.bundleChunkBytes, 2)], to: path)
    let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let turned = folder.path + "/turned.bundle"
    for place in Array(0..<140) + Array(stride(from: 140, to: whole.count, by: 1_777)) {
      for bit in [0, 3, 7] as [UInt8] {
        var bytes = whole
        bytes[place] ^= 1 << bit
        try Data(bytes).write(to: URL(fileURLWithPath: turned))
        try expectDamage(turned, before: whole.count, "bit \(bit) of byte \(place)")
      }
    }
  }

  @Test func chunksThatWereSwappedOrLeftOutDoNotOpen() throws {
    let folder = try TemporaryDirectory()
    let (path, other) = (folder.path + "/a.bundle", folder.path + "/b.bundle")
    let messages = (0..<4).map { message(Limits.bundleChunkBytes - 4, $0) }
    try write(messages, to: path)
    try write(messages, to: other)
    let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let foreign = Array(try Data(contentsOf: URL(fileURLWithPath: other)))
    let start = whole.count - 4 * BundleFile.sealedChunkBytes
    let (front, parts) = (Array(whole[..<start]), parts(of: whole, from: start))
    let others = self.parts(of: foreign, from: start)
    let wrong: [(String, [[UInt8]])] = [
      ("swapped", [front, parts[1], parts[0], parts[2], parts[3]]),
      ("left out", [front, parts[0], parts[2], parts[3]]),
      ("without the end", [front, parts[0], parts[1], parts[2]]),
      ("from another file", [front, parts[0], others[1], parts[2], parts[3]]),
      ("under another header", [Array(foreign[..<start])] + parts),
    ]
    for (what, pieces) in wrong {
      let bytes = Array(pieces.joined())
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      try expectDamage(path, before: bytes.count, "\(what)")
    }
  }

  private func parts(of file: [UInt8], from start: Int) -> [[UInt8]] {
    stride(from: start, to: file.count, by: BundleFile.sealedChunkBytes).map { begin in
      Array(file[begin..<begin + BundleFile.sealedChunkBytes])
    }
  }

  @Test func anotherKeyDoesNotOpenIt() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.bundle"
    try write([[1, 2, 3]], to: path)
    let stranger = Array(Curve25519.KeyAgreement.PrivateKey().rawRepresentation)
    #expect(throws: BundleError.self) { try read(path, secret: stranger) }
    let reader = try BundleReader(path: path)
    #expect(throws: BundleError(.wrongKind)) { try reader.open(.delivery, secret: secret) }
  }

  @Test func sizesThatAreToldAndNotThereCostNothing() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.bundle"
    for told in [1_025, 65_536, 0x7fff_ffff, 0xffff_ffff] {
      let bytes = BundleFile.magic + BundleFile.bigEndian(told) + [1, 2, 3]
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(throws: BundleError(.damaged, at: 8)) { try BundleReader(path: path) }
    }
    // Rightly sealed, by somebody who means harm: a message of no bytes, of too many, of more than there are.
    for told in [0, Limits.messageBytes + 1, 0x7fff_ffff, 0xffff_ffff, 500] {
      try seal(BundleFile.bigEndian(told) + message(100, 1), to: path)
      let error = #expect(throws: BundleError.self) { try read(path) }
      #expect(error?.code == .damaged && error?.offset != nil)
    }
    for rest in 1...3 {
      try seal(BundleFile.bigEndian(2) + [7, 7] + [UInt8](repeating: 0, count: rest), to: path)
      #expect(throws: BundleError.self) { try read(path) }
    }
  }

  /// Seals any content.
  private func seal(_ content: [UInt8], to path: String) throws {
    var sender = try BundleSeal.Sender(to: key, header)
    let bytes = BundleFile.magic + BundleFile.bigEndian(sender.header.count) + sender.header
    try Data(bytes + sender.seal(content, isLast: true)).write(to: URL(fileURLWithPath: path))
  }

  @Test func headersAreReadStrictly() throws {
    let good = header([UInt8](repeating: 3, count: 32))
    #expect(try BundleHeader(encoded: good.encoded) == good)
    var message = try WireBundleHeader(serializedBytes: good.encoded)
    func code(_ edit: (inout WireBundleHeader) -> Void) -> ErrorCode? {
      var changed = message
      edit(&changed)
      let bytes: [UInt8] = (try? changed.serializedBytes()) ?? []
      do { _ = try BundleHeader(encoded: bytes) } catch { return (error as? ProtocolError)?.code }
      return nil
    }
    #expect(code { $0.version = 2 } == .unsupported)
    #expect(code { $0.kind = .bundleUnspecified } == .unsupported)
    #expect(code { $0.kind = .UNRECOGNIZED(9) } == .unsupported)
    #expect(code { $0.tenant = Data(repeating: 1, count: 15) } == .malformed)
    #expect(code { $0.encapsulatedKey = Data(repeating: 1, count: 31) } == .malformed)
    #expect(code { $0.encapsulatedKey = Data(repeating: 1, count: 2_000) } == .malformed)
    message.tenant = Data()
    #expect(code { _ in } == .malformed)
  }
}
