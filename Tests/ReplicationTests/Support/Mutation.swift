/// Wrong versions of a message.
enum Mutation {
  /// So many of them, the same for the same seed: cut, with bits flipped, with bytes put in, left out,
  /// repeated or replaced.
  static func all(of bytes: [UInt8], _ count: Int, _ random: inout SplitMix64) -> [[UInt8]] {
    var mutations: [[UInt8]] = []
    let cuts = min(bytes.count, count / 4)
    for cut in 0..<cuts { mutations.append(Array(bytes.prefix(cut * bytes.count / max(cuts, 1)))) }
    while mutations.count < count { mutations.append(one(of: bytes, &random)) }
    return mutations
  }

  private static func one(of bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var changed = bytes
    for _ in 0...random.below(2) {
      guard !changed.isEmpty else { return changed }
      let place = random.below(changed.count)
      switch random.below(7) {
      case 0, 1: changed[place] ^= 1 << UInt8(random.below(8))
      case 2: changed[place] = UInt8(random.below(256))
      case 3: changed.insert(UInt8(random.below(256)), at: place)
      case 4: changed.remove(at: place)
      case 5:
        // A part once more behind itself: fields twice, lists longer.
        let end = min(changed.count, place + 1 + random.below(24))
        changed.insert(contentsOf: changed[place..<end], at: end)
      default:
        // Lengths and numbers that are far too large.
        changed.replaceSubrange(place..<place + 1, with: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])
      }
    }
    return changed
  }
}
