public import CRDT
public import WireProtocol

/// What came of comparing a device with a server that was restored, or that knows another journal of it. The
/// replica takes it in as one: the device goes on under its new actor, and whatever the server lacks is
/// written again.
public struct Healed: Hashable, Sendable {
  /// Whether a new actor takes the place of the old one.
  public var succeeds: Bool { succession != nil }
  /// What the old actor signed for the new one, an encoded `Succession`; `nil` when none takes its place.
  public let succession: [UInt8]?
  /// The epoch that the device is in from now on.
  public let epoch: Identifier
  /// Own changes without a verdict that the server has, and accepted, by record.
  public let accepted: [Identifier: Set<UInt64>]
  /// The stamps on these, by record and number: without one a change cannot be given back to a server that
  /// loses it later. None on what stands in the log under another name.
  public let stamps: [Identifier: [UInt64: ChangeStamp]]
  /// The last own change with a verdict, in the records that have own changes without one; 0 for none.
  public private(set) var judged: [Identifier: UInt64]
  /// Where the log has other changes under an actor's numbers than this device: the last that both have, by
  /// record and actor.
  public let branches: Branches
  /// The same of actors of which the log lacks something that this device knows, after all offers: it may
  /// have something else in its place, or in that of one before it.
  public let unproved: Branches
  /// Changes whose numbers others have in the log: they are written again, as origins.
  public let branched: [OfferedChange]
  /// For what changes stand that the log will not have under their own names, by record: own work that names
  /// their characters names those of the originals when it is written again.
  public let originals: [Identifier: [ChangeID: ChangeID]]
  /// Whether nothing is left to be offered again.
  public let isWhole: Bool
  /// What happened.
  public let counts: Counts

  /// How much of what happened.
  public struct Counts: Hashable, Sendable {
    /// How many changes the server lacked and has again.
    public internal(set) var returned = 0
    /// How many are to be offered again, since what stands before them is awaited.
    public internal(set) var waiting = 0
    /// How many were brought in under other numbers.
    public internal(set) var branched = 0

    /// Nothing happened.
    public init() {}
  }

  /// The same for work that was written while the comparison was under way, and that it does not know of.
  ///
  /// - Parameter pending: own changes without a verdict, in the order in which they were written.
  public func covering(_ pending: [ChangeHeader]) -> Healed {
    var healed = self
    for header in pending where healed.judged[header.record] == nil {
      healed.judged[header.record] = header.id.number - min(1, header.id.number)
    }
    return healed
  }

  /// What the original's author is taken to have seen, at most, of actors whose numbers mean something else
  /// in the log.
  ///
  /// - Parameters:
  ///   - original: an own change, or one of another actor that is brought in.
  ///   - named: actors whose characters it names: they are there or come back, else it has no place.
  public func caps(of original: ChangeHeader, naming named: Set<ActorID> = []) -> [OriginCap] {
    var caps = lowest(of: original, naming: named)
    let actor = original.id.actor
    if let shared = shared(before: original), shared < original.version[actor] {
      caps[actor] = min(caps[actor] ?? shared, shared)
    }
    return caps.map { OriginCap(actor: $0.key, number: $0.value) }.sorted { $0.actor < $1.actor }
  }

  /// The caps of a change that has some already: it was written again before.
  func caps(
    of original: ChangeHeader, naming named: Set<ActorID>, besides known: [OriginCap]
  ) -> [OriginCap] {
    var caps = lowest(of: original, naming: named)
    for cap in known { caps[cap.actor] = min(caps[cap.actor] ?? cap.number, cap.number) }
    return caps.map { OriginCap(actor: $0.key, number: $0.value) }.sorted { $0.actor < $1.actor }
  }

  private func lowest(of original: ChangeHeader, naming named: Set<ActorID>) -> [ActorID: UInt64] {
    let unproved = unproved.caps(of: original).filter { !named.contains($0.key) }
    return branches.caps(of: original).merging(unproved, uniquingKeysWith: min)
  }

  /// The last change of the original's actor before it that the log has too, where that is known.
  private func shared(before original: ChangeHeader) -> UInt64? {
    let own = accepted[original.record]?.filter { $0 < original.id.number }.max() ?? judged[original.record]
    guard let branch = branches.shared[original.record]?[original.id.actor] else { return own }
    return min(branch, own ?? branch)
  }
}
