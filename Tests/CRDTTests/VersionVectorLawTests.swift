import CRDT
import Testing

/// Version vectors are a lattice: the maps from actors to numbers, ordered entry by entry.
@Suite struct VersionVectorLawTests {
  @Test func mergeIsTheLeastUpperBound() {
    Law.holds { random in
      let (left, middle, right) = (Self.map(&random), Self.map(&random), Self.map(&random))
      let (one, two, three) = (Self.vector(left), Self.vector(middle), Self.vector(right))
      let union = left.merging(middle) { max($0, $1) }
      let merged = Self.merge(one, two)
      try Law.check(merged == Self.vector(union), "not the union")
      try Law.check(merged == Self.merge(two, one), "not commutative")
      try Law.check(Self.merge(merged, three) == Self.merge(one, Self.merge(two, three)), "not associative")
      try Law.check(
        Self.merge(merged, merged) == merged && Self.merge(merged, one) == merged, "not idempotent")
      try Law.check(merged.contains(one) && merged.contains(two), "no upper bound")
    }
  }

  @Test func containsIsTheOrderEntryByEntry() {
    Law.holds { random in
      let (left, right) = (Self.map(&random), Self.map(&random))
      let (one, two) = (Self.vector(left), Self.vector(right))
      let expected = right.allSatisfy { left[$0.key, default: 0] >= $0.value }
      try Law.check(one.contains(two) == expected, "\(left) contains \(right)")
      try Law.check(one.contains(VersionVector()) && one.contains(one), "empty or itself")
      for actor in Array(left.keys) + Array(right.keys) {
        let number = left[actor, default: 0]
        try Law.check(one[actor] == number, "number of \(actor)")
        try Law.check(number == 0 || one.contains(ChangeID(actor: actor, number: number)), "last")
        try Law.check(!one.contains(ChangeID(actor: actor, number: number + 1)), "next")
      }
    }
  }

  @Test func insertAddsAndSaysWhetherItDid() {
    Law.holds { random in
      var map = Self.map(&random)
      var vector = Self.vector(map)
      for _ in 0..<8 {
        let id = ChangeID(actor: ActorID(rawValue: UInt64(random.below(30))), number: UInt64(random.below(5)))
        let isNew = map[id.actor, default: 0] < id.number
        if isNew { map[id.actor] = id.number }
        try Law.check(vector.insert(id) == isNew, "insert of \(id)")
        try Law.check(vector == Self.vector(map), "after insert of \(id)")
      }
    }
  }

  @Test func onlyGoodEntriesAreTaken() {
    Law.holds { random in
      let entries = Self.vector(Self.map(&random)).entries
      try Law.check(VersionVector(sorted: entries)?.entries == entries, "good entries")
      guard let last = entries.last else { return }
      let zero = ChangeID(actor: ActorID(rawValue: .max), number: 0)
      try Law.check(VersionVector(sorted: entries + [zero]) == nil, "a zero")
      try Law.check(VersionVector(sorted: entries + [last]) == nil, "an actor twice")
      if entries.count > 1 {
        try Law.check(VersionVector(sorted: entries.reversed()) == nil, "unsorted entries")
      }
    }
  }

  private static func map(_ random: inout SplitMix64) -> [ActorID: UInt64] {
    var map: [ActorID: UInt64] = [:]
    for _ in 0..<random.pick([0, 1, 3, 20]) {
      map[ActorID(rawValue: UInt64(random.below(30)))] = UInt64(1 + random.below(4))
    }
    return map
  }

  private static func vector(_ map: [ActorID: UInt64]) -> VersionVector {
    let entries = map.map { ChangeID(actor: $0.key, number: $0.value) }
    return VersionVector(sorted: entries.sorted()) ?? VersionVector()
  }

  private static func merge(_ left: VersionVector, _ right: VersionVector) -> VersionVector {
    var merged = left
    merged.merge(right)
    return merged
  }
}
