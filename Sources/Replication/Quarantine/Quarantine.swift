public import CRDT
public import CaseModel
public import WireProtocol

/// What waits for persons' decisions, without its content: small, since persons have to look at it.
public struct Quarantine: Sendable {
  /// The entries by name.
  public private(set) var entries: [QuarantineName: QuarantinedEntry] = [:]
  /// A device that was copied and forked may have sent the same work twice, under two names.
  private var namesOfDigest: [Digest: Set<QuarantineName>] = [:]

  /// Nothing waits.
  public init() {}

  /// Whether nothing waits.
  public var isEmpty: Bool { entries.isEmpty }

  /// An entry waits.
  public mutating func add(_ entry: QuarantinedEntry) {
    entries[entry.name] = entry
    for digest in entry.indexed { namesOfDigest[digest, default: []].insert(entry.name) }
  }

  /// Somebody has decided.
  public mutating func remove(_ name: QuarantineName) {
    guard let entry = entries.removeValue(forKey: name) else { return }
    for digest in entry.indexed {
      namesOfDigest[digest]?.remove(name)
      if namesOfDigest[digest]?.isEmpty == true { namesOfDigest[digest] = nil }
    }
  }

  /// The entries that hold a change, or what stands for it, in the order of their names.
  public func entries(with digest: Digest) -> [QuarantinedEntry] {
    guard let names = namesOfDigest[digest] else { return [] }
    return names.sorted().compactMap { entries[$0] }
  }

  /// What waits for a person's decision, in the order of its names.
  ///
  /// - Parameters:
  ///   - author: the person behind an account.
  ///   - instant: now, in milliseconds since 1970.
  /// - Complexity: O(what waits)
  public func decidable(
    by person: Identifier, at instant: Int64, in governing: GoverningState,
    author: (Identifier) -> Identifier?
  ) -> [QuarantinedEntry] {
    if entries.isEmpty { return [] }
    return entries.values.filter { entry in
      guard entry.isForDecision(at: instant) else { return false }
      return author(entry.account).map {
        governing.mayDecide(
          person, on: entry.references, by: $0, waitingSince: entry.forDecisionFrom, at: instant)
      } ?? false
    }.sorted { $0.name < $1.name }
  }

  /// A record that an entry of an account would create: what is written into it later waits like it.
  public func reference(to record: Identifier, by account: Identifier) -> RecordReference? {
    for entry in entries.values where entry.account == account {
      if let reference = entry.references.first(where: { $0.id == record }) { return reference }
    }
    return nil
  }

  /// How much of a device's waits.
  func load(of actor: ActorID) -> (entries: Int, bytes: Int) {
    entries.values.reduce(into: (0, 0)) { load, entry in
      guard entry.name.actor == actor else { return }
      load.0 += 1
      load.1 += entry.byteCount
    }
  }
}
