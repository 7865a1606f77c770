public import CRDT
public import WireProtocol

/// What a server writes into its ledger before it takes effect (`Protocol/ledger.md`).
public enum LedgerEvent: Hashable, Sendable {
  /// A device was enrolled, and used up a code; its account may be new.
  case enrolled(Device, of: Account, code: UInt64)
  /// A device goes on under another actor.
  case succeeded(Device, retiresPredecessor: Bool)
  /// A person confirmed a device.
  case confirmed(ActorID)
  /// Records entered a device's scope, and it has them.
  case entered(ActorID, [Enter])
  /// Records left a device's scope: it is to wipe them.
  case exited(ActorID, [Enter])
  /// A device said that it has.
  case receipted(Receipt)
  /// Somebody ended the access of devices, or of a person.
  case revoked(AccessEnd)
  /// A new epoch of the log.
  case epochBegan(EpochStart)
  /// The server was opened without its ledger, of which its database had taken in so much.
  case recoveryBegan(LedgerHead)
  /// A leader ended that.
  case recoveryEnded(RecoveryEnd)
  /// A change was accepted of what governs access, or is part of its chain.
  case governed(SealedChange)
  /// The keys that the content of records is sealed under were destroyed.
  case keysDestroyed([Identifier])
  /// A log of knowing begins.
  case logBegan(LogKind, Identifier)
  /// Rows of a log of knowing.
  case logRows(LedgerRows)
  /// Records came from another tenant, where the chains of these actors start.
  case arrived(from: Identifier, [ActorID])
  /// What a newer version wrote.
  case unknown(kind: UInt64)

  /// A record that a device holds.
  public struct Enter: Hashable, Sendable {
    /// The record.
    public let record: Identifier
    /// Counts the times that it entered, from 1.
    public let generation: UInt64

    /// Describes an enter.
    public init(record: Identifier, generation: UInt64) {
      self.record = record
      self.generation = generation
    }
  }
}

/// What one commit of a server writes into the ledger.
public struct LedgerEntry: Hashable, Sendable {
  /// Counts the entries, from 1.
  public let number: UInt64
  /// Milliseconds since 1970 by the server's clock.
  public let writtenAt: Int64
  /// What happened, in order.
  public let events: [LedgerEvent]

  /// Describes an entry.
  public init(number: UInt64, writtenAt: Int64, events: [LedgerEvent]) {
    self.number = number
    self.writtenAt = writtenAt
    self.events = events
  }
}

/// The end of a ledger.
public struct LedgerHead: Hashable, Sendable {
  /// How many entries there are.
  public let number: UInt64
  /// The digest of the last one.
  public let digest: Digest

  /// Describes an end.
  public init(number: UInt64, digest: Digest) {
    self.number = number
    self.digest = digest
  }

  /// The end of a ledger without entries.
  public static func start(of tenant: Identifier) -> LedgerHead {
    LedgerHead(
      number: 0, digest: Digest(hashing: Array("kos.ledger-start.v1".utf8) + tenant.bytes))
  }

  /// The end after one more entry.
  ///
  /// - Parameter body: the entry, encoded.
  public func appending(_ body: [UInt8]) -> LedgerHead {
    LedgerHead(
      number: number + 1, digest: Digest(hashing: Array("kos.ledger.v1".utf8) + digest.bytes + body))
  }
}

/// A leader's word that a server which lost its ledger may be read from again.
public struct RecoveryEnd: Hashable, Sendable {
  /// Whose key signs.
  public let actor: ActorID
  /// An encoded `RecoveryStatement`.
  public let statement: [UInt8]
  /// The actor's signature of it.
  public let signature: [UInt8]

  /// Describes a statement.
  public init(actor: ActorID, statement: [UInt8], signature: [UInt8]) {
    self.actor = actor
    self.statement = statement
    self.signature = signature
  }
}
