/// What an author had seen of a record: for each actor, the highest number of its changes (Parker et al.,
/// 1983).
///
/// Numbers have no gaps, so one number an actor names them all. Entries are kept sorted by actor: few actors
/// write in one record, and a sorted array is smaller and faster than a dictionary up to thousands of them. A
/// vector only grows.
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
    let index = firstIndex(notBefore: actor)
    return index < entries.count && entries[index].actor == actor ? entries[index].number : 0
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
    guard other.entries.count <= entries.count else { return false }
    if other.entries.count * 8 < entries.count { return other.entries.allSatisfy { contains($0) } }
    var index = 0
    for entry in other.entries {
      while index < entries.count, entries[index].actor < entry.actor { index += 1 }
      guard index < entries.count, entries[index].actor == entry.actor, entries[index].number >= entry.number
      else { return false }
    }
    return true
  }

  /// Adds a change and, numbers having no gaps, all that its actor did before it. Says whether it was new.
  ///
  /// - Complexity: O(log n), or O(n) for the first change of an actor.
  @discardableResult public mutating func insert(_ change: ChangeID) -> Bool {
    let index = firstIndex(notBefore: change.actor)
    guard index < entries.count, entries[index].actor == change.actor else {
      guard change.number > 0 else { return false }
      entries.insert(change, at: index)
      return true
    }
    guard entries[index].number < change.number else { return false }
    entries[index] = change
    return true
  }

  /// The same vector with another number for one actor, or with 0 without that actor.
  ///
  /// - Complexity: O(n)
  public func replacing(_ actor: ActorID, by number: UInt64) -> VersionVector {
    var copy = self
    copy.replace(actor, by: number)
    return copy
  }

  /// Sets the number of one actor; 0 leaves that actor out.
  ///
  /// - Complexity: O(log n), or O(n) when the actor comes or goes.
  public mutating func replace(_ actor: ActorID, by number: UInt64) {
    let index = firstIndex(notBefore: actor)
    let isThere = index < entries.count && entries[index].actor == actor
    if number > 0 {
      let entry = ChangeID(actor: actor, number: number)
      if isThere { entries[index] = entry } else { entries.insert(entry, at: index) }
    } else if isThere {
      entries.remove(at: index)
    }
  }

  /// Adds all that `other` has seen: the least upper bound of both.
  ///
  /// - Complexity: O(m + n), or O(m log n) when nothing of `other` is new.
  public mutating func merge(_ other: VersionVector) {
    if contains(other) { return }
    var union: [Entry] = []
    union.reserveCapacity(entries.count + other.entries.count)
    var rest = entries[...]
    for entry in other.entries {
      while let first = rest.first, first.actor < entry.actor { union.append(rest.removeFirst()) }
      if let first = rest.first, first.actor == entry.actor {
        union.append(max(first, entry))
        rest.removeFirst()
      } else {
        union.append(entry)
      }
    }
    entries = union + rest
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
