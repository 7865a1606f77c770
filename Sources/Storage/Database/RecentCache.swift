/// Keeps the values that were used recently, at most `capacity` of them.
///
/// Two generations take the place of a list in order of use: what was used since the generations last changed
/// is in the young one, and when that is full the old one is forgotten. It keeps at least the last `capacity
/// / 2` used.
struct RecentCache<Key: Hashable, Value> {
  private let capacity: Int
  private var young: [Key: Value] = [:]
  private var old: [Key: Value] = [:]

  init(capacity: Int) { self.capacity = max(2, capacity) }

  /// Finds a value and marks it as used.
  mutating func value(_ key: Key) -> Value? {
    if let value = young[key] { return value }
    guard let value = old.removeValue(forKey: key) else { return nil }
    insert(value, for: key)
    return value
  }

  /// Adds or replaces a value.
  mutating func insert(_ value: Value, for key: Key) {
    young[key] = value
    old[key] = nil
    if young.count * 2 >= capacity {
      old = young
      young = [:]
    }
  }

  mutating func remove(_ key: Key) {
    young[key] = nil
    old[key] = nil
  }

  mutating func removeAll() {
    young = [:]
    old = [:]
  }
}
