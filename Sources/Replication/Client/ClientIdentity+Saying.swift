import WireProtocol

/// What a device says of itself, in a session and in a bundle.
extension ClientIdentity {
  /// The hello, but for a succession and the token.
  ///
  /// - Parameters:
  ///   - nonce: 32 bytes from a cryptographic generator.
  ///   - now: milliseconds since 1970 by this device's clock.
  func hello(nonce: [UInt8], at now: Int64, replica: some ReplicaSource) throws -> WireClientHello {
    var hello = ClientHandshake.greeting(nonce: nonce, at: now)
    hello.tenant = .init(tenant.bytes)
    hello.epoch = .init(epoch.bytes)
    hello.actor = actor.rawValue
    hello.cursor = .init(cursor)
    hello.lineage = try lineage.suffix(Limits.lineage).map { try WireSuccession(serializedBytes: $0) }
    if let newest = try replica.newestStamped() { hello.newest = newest.message }
    let journal = try replica.journal()
    hello.journal = .with {
      $0.entries = journal.entries
      $0.digest = .init(journal.digest.bytes)
    }
    hello.holdingsDigest = .init(holdings.bytes)
    return hello
  }

  /// A signed push of entries.
  ///
  /// - Parameter journal: as it is after them.
  func push(_ entries: [LinkedEntry], after journal: JournalHead) -> Push {
    let proof = Push.proof(of: entries, after: journal)
    return Push(
      entries: entries.map(\.entry), signature: signingKey.sign(proof, tenant: tenant, actor: actor))
  }
}
