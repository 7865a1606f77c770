public import CRDT

/// What a device signs at each push: one Merkle root over its journal head and the record heads that the push
/// moves. A reader who asks gets root, signature and the path to the head that concerns him, and nothing of
/// the others.
public struct PushProof: Hashable, Sendable {
  /// The journal after the push.
  public let journal: JournalHead
  /// The heads that the push moves, one a record.
  public let heads: [Head]

  /// The end of the actor's chain in one record.
  public struct Head: Hashable, Sendable {
    /// The record.
    public let record: Identifier
    /// The number of the actor's last change in it.
    public let number: UInt64
    /// That change's digest.
    public let digest: Digest

    /// Names a head.
    public init(record: Identifier, number: UInt64, digest: Digest) {
      self.record = record
      self.number = number
      self.digest = digest
    }
  }

  /// Collects what is signed.
  public init(journal: JournalHead, heads: [Head]) {
    self.journal = journal
    self.heads = heads
  }

  /// The bytes under the signature: context ‖ tenant ‖ actor ‖ root. The journal is the first leaf; heads
  /// follow in order of record.
  public func signedBytes(tenant: Identifier, actor: ActorID) -> [UInt8] {
    var journalLeaf = ProtobufWriter()
    journalLeaf.append(Array("journal".utf8))
    journalLeaf.append(bigEndian: journal.entries)
    journalLeaf.append(journal.digest.bytes)
    let leaves = heads.sorted { $0.record < $1.record }.map { head in
      var leaf = ProtobufWriter()
      leaf.append(Array("record".utf8))
      leaf.identifier(head.record)
      leaf.append(bigEndian: head.number)
      leaf.append(head.digest.bytes)
      return leaf.bytes
    }
    var signed = ProtobufWriter()
    signed.identifier(tenant)
    signed.append(bigEndian: actor.rawValue)
    signed.append(MerkleTree.root([journalLeaf.bytes] + leaves).bytes)
    return SignatureContext.push.bytes(over: signed.bytes)
  }
}

extension ProtobufWriter {
  mutating func append(bigEndian value: UInt64) { withUnsafeBytes(of: value.bigEndian) { append(Array($0)) } }
}
