import CRDT
import Testing

@testable import WireProtocol

/// Checkpoints: one encoding, one signature, one history.
@Suite struct LogCheckpointTests {
  private let key: SigningKey
  private let publicKey: VerifyingKey

  init() throws {
    key = try SigningKey(secret: [UInt8](repeating: 1, count: 32))
    publicKey = try VerifyingKey(bytes: key.publicKey)
  }

  @Test func hasOneEncoding() throws {
    for (size, kind) in [(0, LogKind.delivered), (1, .opened), (300, .delivered)] {
      let checkpoint = SampleLog(size, kind: kind).checkpoint()
      let bytes = checkpoint.encoded
      #expect(try LogCheckpoint(encoded: bytes) == checkpoint)
      for end in bytes.indices {
        // Without its time at the end it is whole, and another one.
        let shorter = try? LogCheckpoint(encoded: Array(bytes[..<end]))
        #expect(shorter == nil || shorter?.signedAt == 0)
      }
      #expect(throws: ProtocolError(.unsupported)) { try LogCheckpoint(encoded: bytes + [0x38, 1]) }
      // Another order, and a default that is said.
      #expect(throws: ProtocolError.malformed) {
        try LogCheckpoint(encoded: Array(bytes[18...] + bytes[..<18]))
      }
    }
    let empty = SampleLog(0).checkpoint()
    let said = Samples.encoding {
      $0.field(1, identifier: empty.tenant)
      $0.field(2, unsigned: 1)
      $0.field(3, identifier: empty.log)
      $0.raw([0x20, 0])
      $0.field(5, bytes: empty.root.bytes)
      $0.field(6, signed: empty.signedAt)
    }
    #expect(throws: ProtocolError.malformed) { try LogCheckpoint(encoded: said) }
  }

  @Test func whatNoLogCanSayIsRefused() {
    func checkpoint(kind: UInt64, size: UInt64, root: Digest) -> [UInt8] {
      Samples.encoding {
        $0.field(1, identifier: SampleLog.tenant)
        $0.field(2, unsigned: kind)
        $0.field(3, identifier: SampleLog.id)
        $0.field(4, unsigned: size)
        $0.field(5, bytes: root.bytes)
      }
    }
    let root = Digest(hashing: [1])
    #expect(throws: Never.self) { try LogCheckpoint(encoded: checkpoint(kind: 2, size: 1 << 48, root: root)) }
    for (kind, size) in [(UInt64(0), UInt64(1)), (1, (1 << 48) + 1), (1, .max), (1, 0)] {
      #expect(throws: ProtocolError.malformed) {
        try LogCheckpoint(encoded: checkpoint(kind: kind, size: size, root: root))
      }
    }
    for kind in [UInt64(3), 257, .max] {
      #expect(throws: ProtocolError(.unsupported)) {
        try LogCheckpoint(encoded: checkpoint(kind: kind, size: 1, root: root))
      }
    }
  }

  @Test func anyBytes() {
    for seed in UInt64(0)..<3_000 {
      var random = SplitMix64(seed: seed)
      var bytes = random.flip() ? random.bytes(random.below(110)) : SampleLog(3).checkpoint().encoded
      if !bytes.isEmpty { bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8)) }
      do {
        let checkpoint = try LogCheckpoint(encoded: bytes)
        #expect(checkpoint.encoded == bytes)
      } catch { #expect(error is ProtocolError) }
    }
  }

  @Test func theSignatureHoldsForThisAlone() throws {
    let checkpoint = SampleLog(5).checkpoint()
    let signed = key.sign(checkpoint)
    let received = try SignedCheckpoint(body: checkpoint.encoded, signature: signed.signature)
    #expect(received == signed && received.isSigned(by: publicKey))
    let other = try SigningKey(secret: [UInt8](repeating: 2, count: 32))
    #expect(try !signed.isSigned(by: VerifyingKey(bytes: other.publicKey)))
    for context in SignatureContext.allCases where context != .checkpoint {
      let signature = key.sign(checkpoint.encoded, for: context)
      #expect(!SignedCheckpoint(checkpoint: checkpoint, signature: signature).isSigned(by: publicKey))
    }
    let others = [
      SampleLog(5).checkpoint(at: checkpoint.signedAt + 1), SampleLog(4).checkpoint(),
      SampleLog(5, seed: 2).checkpoint(),
      LogCheckpoint(
        tenant: checkpoint.tenant, kind: .opened, log: checkpoint.log, size: 5, root: checkpoint.root,
        signedAt: checkpoint.signedAt),
    ]
    for other in others {
      #expect(!SignedCheckpoint(checkpoint: other, signature: signed.signature).isSigned(by: publicKey))
    }
    for signature in [[], [UInt8](repeating: 0, count: 64), signed.signature + [0]] {
      #expect(!SignedCheckpoint(checkpoint: checkpoint, signature: signature).isSigned(by: publicKey))
    }
  }

  @Test func consistencyIsOfOneLog() throws {
    let log = SampleLog(20)
    let (older, newer) = (log.checkpoint(size: 7), log.checkpoint())
    let proof = try log.proof(from: 7)
    #expect(newer.isConsistent(with: older, proof: proof))
    #expect(!older.isConsistent(with: newer, proof: proof))
    #expect(!newer.isConsistent(with: older, proof: try log.proof(from: 8)))
    #expect(!newer.isConsistent(with: log.checkpoint(size: 8), proof: proof))
    for other in [
      LogCheckpoint(
        tenant: older.log, kind: older.kind, log: older.log, size: 7, root: older.root, signedAt: 0),
      LogCheckpoint(
        tenant: older.tenant, kind: .opened, log: older.log, size: 7, root: older.root, signedAt: 0),
      LogCheckpoint(
        tenant: older.tenant, kind: older.kind, log: older.tenant, size: 7, root: older.root, signedAt: 0),
    ] {
      #expect(!newer.isConsistent(with: other, proof: proof))
    }
  }

  @Test func aRowIsFoundAtItsPlace() throws {
    let log = SampleLog(11)
    let (checkpoint, tree) = (log.checkpoint(), log.tree)
    for (index, row) in log.rows.enumerated() {
      let proof = try tree.inclusionProof(ofLeaf: UInt64(index), size: 11)
      #expect(checkpoint.contains(row, proof: proof))
      #expect(checkpoint.contains(row.blindingAgent(), proof: proof))
      #expect(!checkpoint.contains(log.rows[(index + 1) % 11], proof: proof))
      #expect(!log.checkpoint(size: 10).contains(row, proof: proof))
    }
  }

  /// A proof that holds for the roots, and speaks of other sizes than were signed, shows nothing.
  @Test func sizesAreThoseThatWereSigned() throws {
    let log = SampleLog(20)
    func claiming(_ size: UInt64, rootOf rows: Int) -> LogCheckpoint {
      let checkpoint = log.checkpoint(size: rows)
      return LogCheckpoint(
        tenant: checkpoint.tenant, kind: checkpoint.kind, log: checkpoint.log, size: size,
        root: checkpoint.root, signedAt: checkpoint.signedAt)
    }
    let proof = try log.proof(from: 7)
    #expect(claiming(20, rootOf: 20).isConsistent(with: claiming(7, rootOf: 7), proof: proof))
    #expect(!claiming(20, rootOf: 20).isConsistent(with: claiming(6, rootOf: 7), proof: proof))
    #expect(!claiming(21, rootOf: 20).isConsistent(with: claiming(7, rootOf: 7), proof: proof))
    let inclusion = try log.tree.inclusionProof(ofLeaf: 3, size: 20)
    #expect(claiming(20, rootOf: 20).contains(log.rows[3], proof: inclusion))
    #expect(!claiming(19, rootOf: 20).contains(log.rows[3], proof: inclusion))
  }

  @Test func anOldOneIsNotFresh() {
    let time: Int64 = 1_780_000_000_000
    let checkpoint = SampleLog(1).checkpoint(at: time)
    for (age, isFresh) in [(0, true), (120_000, true), (120_001, false), (-60_000, true), (-60_001, false)] {
      #expect(checkpoint.isFresh(at: time + Int64(age)) == isFresh)
    }
    for (one, other) in [(Int64.min, Int64.max), (.max, .min), (.min, 0), (0, .min)] {
      #expect(!SampleLog(1).checkpoint(at: one).isFresh(at: other))
    }
  }
}
