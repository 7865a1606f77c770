public import CRDT
public import WireProtocol

/// What the client's machine reads of its replica.
public protocol ReplicaSource {
  /// The newest entry of the journal.
  func journal() throws -> JournalHead
  /// The journal's digest after an entry; `nil` when there is no such entry.
  func digest(ofEntry number: UInt64) throws -> Digest?
  /// Own entries without a verdict after a number, oldest first.
  func pendingEntries(after number: UInt64, limit: Int) throws -> [LinkedEntry]
  /// The newest own change that has a stamp; `nil` when none has.
  func newestStamped() throws -> KnownHead?
  /// What is known of the ends of chains: of own changes without a verdict, and, unless only those are
  /// wanted, of all that the server stamped.
  ///
  /// - Parameters:
  ///   - record: where to go on after, in ascending order of record; `nil` for the beginning.
  ///   - limit: at most how many records.
  /// - Returns: the heads, and where to go on; no place when nothing is left.
  func knownHeads(after record: Identifier?, limit: Int, ownOnly: Bool) throws -> (
    heads: [KnownHead], next: Identifier?
  )
  /// The records that are held, in no order.
  ///
  /// - Parameter number: those alone that entered with a later delivery than this; `nil` for all.
  func holdings(enteredAfter number: UInt64?) throws -> [HeldRecord]
  /// Of records that the server wants wiped, those of which nothing is left.
  func wiped(of records: [HeldRecord]) throws -> [WipedRecord]
  /// How many records the actor has wiped.
  func wipes() throws -> UInt64
  /// Own entries that wait for a person's decision.
  func quarantined() throws -> [QuarantineName]
  /// The changes of an actor in a record that are kept as changes, with their stamps, up to a head, in order.
  func keptChanges(upTo head: KnownHead) throws -> [OfferedChange]
}

/// A replica that keeps nothing beside its journal has nothing to give back.
extension ReplicaSource {
  public func newestStamped() throws -> KnownHead? { nil }
  public func knownHeads(after record: Identifier?, limit: Int, ownOnly: Bool) throws -> (
    heads: [KnownHead], next: Identifier?
  ) { ([], nil) }
  public func keptChanges(upTo head: KnownHead) throws -> [OfferedChange] { [] }
  public func holdings(enteredAfter number: UInt64?) throws -> [HeldRecord] { [] }
  public func wiped(of records: [HeldRecord]) throws -> [WipedRecord] { [] }
  public func wipes() throws -> UInt64 { 0 }
  public func quarantined() throws -> [QuarantineName] { [] }
}
