import CRDT
import Testing

@testable import WireProtocol

/// What a device signs at a push binds its journal and every head that it moves.
@Suite struct PushProofTests {
  private static func proof() -> (PushProof, tenant: Identifier, actor: ActorID) {
    var random = SplitMix64(seed: 1)
    let (tenant, actor) = (random.identifier(), random.actor())
    let journal = JournalHead.start(tenant: tenant, actor: actor).appending(changes: [random.digest()])
    let heads = (0..<5).map { number in
      PushProof.Head(record: random.identifier(), number: UInt64(number + 1), digest: random.digest())
    }
    return (PushProof(journal: journal, heads: heads), tenant, actor)
  }

  @Test func asDefined() {
    let (proof, tenant, actor) = Self.proof()
    func bigEndian(_ value: UInt64) -> [UInt8] {
      (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }
    let journal = Array("journal".utf8) + bigEndian(proof.journal.entries) + proof.journal.digest.bytes
    let heads = proof.heads.sorted { $0.record < $1.record }.map {
      Array("record".utf8) + $0.record.bytes + bigEndian($0.number) + $0.digest.bytes
    }
    let expected =
      Array("kos.push.v1".utf8) + [0] + tenant.bytes + bigEndian(actor.rawValue)
      + MerkleTree.root([journal] + heads).bytes
    #expect(proof.signedBytes(tenant: tenant, actor: actor) == expected)
  }

  @Test func headsHaveOneOrder() {
    let (proof, tenant, actor) = Self.proof()
    let other = PushProof(journal: proof.journal, heads: proof.heads.reversed())
    #expect(
      other.signedBytes(tenant: tenant, actor: actor) == proof.signedBytes(tenant: tenant, actor: actor))
  }

  @Test func everyPartCounts() throws {
    let (proof, tenant, actor) = Self.proof()
    var random = SplitMix64(seed: 2)
    let key = try SigningKey(secret: random.bytes(32))
    let publicKey = try VerifyingKey(bytes: key.publicKey)
    let signature = key.sign(proof, tenant: tenant, actor: actor)
    #expect(publicKey.isValid(signature, over: proof, tenant: tenant, actor: actor))
    #expect(!publicKey.isValid(signature, over: proof, tenant: random.identifier(), actor: actor))
    #expect(!publicKey.isValid(signature, over: proof, tenant: tenant, actor: random.actor()))
    var others = [PushProof(journal: proof.journal.appending(changes: []), heads: proof.heads)]
    others.append(PushProof(journal: proof.journal, heads: Array(proof.heads.dropLast())))
    for index in proof.heads.indices {
      let head = proof.heads[index]
      let changed = [
        PushProof.Head(record: random.identifier(), number: head.number, digest: head.digest),
        PushProof.Head(record: head.record, number: head.number + 1, digest: head.digest),
        PushProof.Head(record: head.record, number: head.number, digest: random.digest()),
      ]
      for other in changed {
        var heads = proof.heads
        heads[index] = other
        others.append(PushProof(journal: proof.journal, heads: heads))
      }
    }
    for other in others { #expect(!publicKey.isValid(signature, over: other, tenant: tenant, actor: actor)) }
  }
}
