import CRDT

@testable import WireProtocol

/// The vectors of proofs and stamps.
extension Fixture {
  /// After the three entries of `journal.json`.
  var pushProof: PushProof {
    let other = otherChange.digest(after: Chain.start(tenant: tenant, record: otherRecord, actor: otherActor))
    let journal = [[digests[0]], [digests[1], other], [digests[2]]].reduce(
      JournalHead.start(tenant: tenant, actor: actor)
    ) { $0.appending(changes: $1) }
    return PushProof(
      journal: journal,
      heads: [
        .init(record: otherRecord, number: 1, digest: other),
        .init(record: record, number: 3, digest: digests[2]),
      ])
  }

  var proofVector: Vector {
    let proof = pushProof
    let signed = proof.signedBytes(tenant: tenant, actor: actor)
    return Vector(
      name: "push-proof",
      content: [
        "what": "What a device signs at a push that moves its journal to entry 3 and two records.",
        "tenant": .id(tenant), "actor": .text(actor.description),
        "journal": ["entries": .number(proof.journal.entries), "digest": .hex(proof.journal.digest)],
        "heads": .list(
          proof.heads.map {
            ["record": .id($0.record), "number": .number($0.number), "digest": .hex($0.digest)]
          }),
        "root": .hex(signed.suffix(32)), "signed": .hex(signed),
        "secret_key": .hex(deviceSecret), "public_key": .hex(deviceKey.publicKey),
        "signature": .hex(deviceKey.sign(proof, tenant: tenant, actor: actor)),
      ])
  }

  var stampVector: Vector {
    let items = delivered.enumerated().map { index, change -> JSON in
      [
        "position": .number(Int64(index + 1)), "received_at": .number(change.receivedAt),
        "accepted": .flag(change.voidDigest == nil), "digest": .hex(digests[index]),
        "sealed_position": .hex(change.seal.sealedPosition), "mac": .hex(change.seal.mac.bytes),
      ]
    }
    return Vector(
      name: "stamp",
      content: [
        "what": "Informative: stamps of this server. Clients keep and return them and never read them.",
        "secret": .hex(stampSecret), "epoch": .id(epoch), "stamps": .list(items),
      ])
  }

  var cursorVector: Vector {
    Vector(
      name: "cursor",
      content: [
        "what": "Informative: a cursor of this server. Clients keep and return it and never read it.",
        "secret": .hex(stampSecret), "epoch": .id(epoch), "actor": .text(actor.description), "position": 300,
        "cursor": .hex(
          stampKey.sealCursor(.init(position: 300, epoch: epoch, mark: 11, givenAt: 12), actor: actor)),
      ])
  }
}
