/// What an author had seen of a record: for each actor, the highest number of its changes (Parker et al., 1983).
///
/// Numbers have no gaps, so one number an actor names them all. Entries are kept sorted by actor: few actors write
/// in one record, and a sorted array is smaller and faster than a dictionary up to thousands of them.
public struct VersionVector: Hashable, Sendable {
  /// One actor's highest number, at least 1.
  public typealias Entry = ChangeID

  /// The entries in ascending order of actor, each actor once.
  public private(set) var entries: [Entry]

  /// The empty vector: nothing was seen.
  public init() { entries = [] }

  /// Makes a vector of entries that are already sorted by actor, each once, with numbers of at least 1; `nil`
  /// otherwise.
  ///
  /// - Complexity: O(n)
  public init?(sorted entries: [Entry]) {
    var previous: ActorID?
    for entry in entries {
      if let previous, entry.actor <= previous { return nil }
      guard entry.number > 0 else { return nil }
      previous = entry.actor
    }
    self.entries = entries
  }

  /// The highest number seen of an actor; 0 when none was.
  ///
  /// - Complexity: O(log n) in the number of actors.
  public subscript(actor: ActorID) -> UInt64 {
    get {
      let index = firstIndex(notBefore: actor)
      return index < entries.count && entries[index].actor == actor ? entries[index].number : 0
    }
    set {
      let index = firstIndex(notBefore: actor)
      let exists = index < entries.count && entries[index].actor == actor
      switch (exists, newValue) {
      case (true, 0): entries.remove(at: index)
      case (false, 0): break
      case (true, _): entries[index] = Entry(actor: actor, number: newValue)
      case (false, _): entries.insert(Entry(actor: actor, number: newValue), at: index)
      }
    }
  }

  /// Whether nothing was seen.
  public var isEmpty: Bool { entries.isEmpty }

  /// Whether the change was seen.
  ///
  /// - Complexity: O(log n) in the number of actors.
  public func contains(_ change: ChangeID) -> Bool { self[change.actor] >= change.number }

  /// Whether everything that `other` has seen was seen here too.
  ///
  /// - Complexity: O(m + n), or O(m log n) when `other` is much smaller.
  public func contains(_ other: VersionVector) -> Bool {
    other.entries.allSatisfy { contains($0) }
  }

  /// Adds a change and, numbers having no gaps, all that its actor did before it.
  public mutating func insert(_ change: ChangeID) {
    if self[change.actor] < change.number { self[change.actor] = change.number }
  }

  /// Adds all that `other` has seen: the least upper bound of both.
  public mutating func merge(_ other: VersionVector) {
    for entry in other.entries { insert(entry) }
  }

  private func firstIndex(notBefore actor: ActorID) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].actor < actor { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
