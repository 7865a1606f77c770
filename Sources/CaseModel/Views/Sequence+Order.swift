extension Sequence {
  /// The elements in order of a key, and of a second key where the first is equal, so that every replica
  /// shows the same order.
  func sorted<First: Comparable, Second: Comparable>(
    by first: (Element) -> First, then second: (Element) -> Second
  ) -> [Element] {
    typealias Keyed = (first: First, second: Second, element: Element)
    let keyed: [Keyed] = map { element in (first(element), second(element), element) }
    let ordered = keyed.sorted { (left: Keyed, right: Keyed) -> Bool in
      if left.first == right.first { return left.second < right.second }
      return left.first < right.first
    }
    return ordered.map { $0.element }
  }
}
