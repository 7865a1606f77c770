import CRDT
import Testing

/// Places among others.
@Suite struct RankTests {
  @Test func aRankIsBetweenItsNeighbours() {
    Law.holds { random in
      var ranks: [Rank] = []
      for _ in 0..<40 {
        let place = random.below(ranks.count + 1)
        let lower = place > 0 ? ranks[place - 1] : nil
        let upper = place < ranks.count ? ranks[place] : nil
        guard let rank = Rank.between(lower, upper, salt: UInt16(truncatingIfNeeded: random.next())) else {
          throw Law.Broken(what: "no room at \(place) of \(ranks.count)")
        }
        try Law.check(lower.map { $0 < rank } ?? true, "not after its neighbour")
        try Law.check(upper.map { rank < $0 } ?? true, "not before its neighbour")
        try Law.check(Rank(bytes: rank.bytes) == rank, "its bytes are no rank")
        ranks.insert(rank, at: place)
      }
    }
  }

  @Test func aListThatGrowsAtItsEndsKeepsShortRanks() throws {
    var last: Rank?
    var first: Rank?
    for _ in 0..<70_000 {
      last = try #require(Rank.between(last, nil, salt: 0))
      first = try #require(Rank.between(nil, first, salt: .max))
    }
    #expect(try #require(last).bytes.count <= 6)
    #expect(try #require(first).bytes.count <= 6)
  }

  @Test func theSamePlaceTakesMany() throws {
    let ends = Rank.evenly(2)
    var upper = ends[1]
    var count = 0
    while let rank = Rank.between(ends[0], upper, salt: 7) {
      #expect(ends[0] < rank && rank < upper)
      upper = rank
      count += 1
    }
    #expect(count > 300, "the list must be ranked anew after \(count)")
    #expect(upper.bytes.count <= Rank.bytesMax)
  }

  @Test func twoAtOnceLeaveRoomBetweenThem() throws {
    let ends = Rank.evenly(2)
    let one = try #require(Rank.between(ends[0], ends[1], salt: 1))
    let other = try #require(Rank.between(ends[0], ends[1], salt: 0x100))
    #expect(one < other)
    #expect(Rank.between(one, other, salt: 9) != nil)
    #expect(Rank.between(one, one, salt: 9) == nil)
    #expect(Rank.between(other, one, salt: 9) == nil)
  }

  @Test func rankedAnewAListIsInOrder() {
    let ranks = Rank.evenly(600)
    #expect(ranks.count == 600)
    #expect(ranks == ranks.sorted())
  }

  @Test(arguments: [
    [], [0x80, 0], [0x81], [0x81, 0], [0x81, 0, 1], [0x7e, 0xff], [0x88, 1], [0x77], [0x80, 1, 0],
  ])
  func whatIsNoRankIsRefused(bytes: [UInt8]) { #expect(Rank(bytes: bytes) == nil) }

  @Test func aRankIsNotTooLong() {
    #expect(Rank(bytes: [0x80] + Array(repeating: 1, count: 63)) != nil)
    #expect(Rank(bytes: [0x80] + Array(repeating: 1, count: 64)) == nil)
  }

  @Test func concurrentRanksAreAllKeptAndOneIsShown() throws {
    let field = FieldID(rawValue: 1)
    let ranks = Rank.evenly(2)
    var state = RecordState()
    for (actor, rank) in zip([UInt64(1), 2], ranks) {
      let id = ChangeID(actor: ActorID(rawValue: actor), number: 1)
      let context = ChangeContext(
        id: id, version: VersionVector(), author: Identifier(high: 0, low: 1), writtenAt: Int64(actor),
        receivedAt: 9)
      state.apply(Change(context: context, operations: [Operation(field: field, action: .rank(rank))]))
    }
    #expect(state.operations(field, .rank).count == 2)
    #expect(state.rank(field) == ranks[1])
    #expect(state.conflicts.isEmpty)
  }
}
