import CRDT
import Testing

/// The cases that people ask about, one by one.
@Suite struct ExampleTests {
  private let field = FieldID(rawValue: 1)
  private let anna = ActorID(rawValue: 1)
  private let bent = ActorID(rawValue: 2)
  private let carl = ActorID(rawValue: 3)

  @Test func concurrentValuesStayUntilSomebodySeesThem() {
    var state = RecordState()
    state.apply(change(anna, 1, [], .assign(.integer(1))))
    state.apply(change(bent, 1, [], .assign(.integer(1))))
    #expect(state.values(field).count == 2)
    #expect(state.conflicts == [field])
    state.apply(change(carl, 1, [id(anna, 1)], .assign(.integer(3))))
    #expect(state.values(field).map(\.value) == [.integer(3), .integer(1)])
    state.apply(change(anna, 2, [id(anna, 1), id(bent, 1), id(carl, 1)], .assign(.null)))
    #expect(state.values(field).map(\.value) == [.null])
  }

  @Test func anAdditionWinsOverARemovalThatDidNotSeeIt() {
    var state = RecordState()
    state.apply(change(anna, 1, [], .add(.integer(1)), .add(.integer(2))))
    state.apply(change(bent, 1, [], .add(.integer(1))))
    state.apply(change(carl, 1, [id(anna, 1)], .remove(.integer(1)), .remove(.integer(2))))
    #expect(state.elements(field) == [.integer(1)])
    #expect(state.operations(field, .set).map(\.context.id) == [id(bent, 1)])
  }

  @Test func aLaterOperationOfTheSameChangeWins() {
    var state = RecordState()
    state.apply(
      change(
        anna, 1, [], .assign(.integer(1)), .assign(.integer(2)), .add(.null), .add(.null), .add(.integer(5)),
        .remove(.integer(5)), .remove(.integer(6)), .add(.integer(6))))
    #expect(state.values(field).map(\.dot) == [Dot(change: id(anna, 1), index: 1)])
    #expect(state.operations(field, .set).map(\.dot.index).sorted() == [3, 7])
  }

  @Test func operationsThatDisagreeOnTheKindNeverMeet() {
    var state = RecordState()
    state.apply(change(anna, 1, [], .assign(.null), .add(.null), .decide(.null)))
    state.apply(change(anna, 2, [id(anna, 1)], .remove(.null)))
    #expect(state.values(field).count == 1)
    #expect(state.elements(field).isEmpty)
    #expect(state.decided(field) != nil)
  }

  @Test func whatIsBroughtInSupersedesOnlyWhatItsAuthorHadSeen() {
    var state = RecordState()
    state.apply(change(bent, 1, [], .assign(.integer(1))))
    state.applyVoid(id(anna, 1))
    state.apply(change(bent, 2, [id(bent, 1)], .assign(.integer(2))))
    // Carl has seen Bent's second value; Anna, whose work he brings in, had seen only the first.
    let brought = change(
      carl, 1, [id(anna, 1), id(bent, 2)], .assign(.integer(9)), origin: origin(anna, 1, [id(bent, 1)]))
    state.apply(brought)
    #expect(Set(state.values(field).map(\.value)) == [.integer(2), .integer(9)])
  }

  @Test func anOriginalThatWasBroughtInStandsForItsNewChange() {
    var state = RecordState()
    state.applyVoid(id(anna, 1))
    state.applyVoid(id(anna, 2))
    state.apply(change(bent, 1, [id(anna, 2)], .assign(.integer(1)), origin: origin(anna, 1, [])))
    let second = origin(anna, 2, [id(anna, 1)])
    var unaware = state
    unaware.apply(change(carl, 1, [id(anna, 2)], .assign(.integer(2)), origin: second))
    #expect(unaware.values(field).count == 2)
    state.apply(change(carl, 1, [id(anna, 2), id(bent, 1)], .assign(.integer(2)), origin: second))
    #expect(state.values(field).map(\.value) == [.integer(2)])
  }

  @Test func aForkSupersedesItsOwnBranchAndNotTheOther() {
    var state = RecordState()
    // Anna's device was restored after its first change. One branch was accepted as numbers 2 and 3; the
    // other wrote its own 2 and 3 and brings them in under a new actor.
    state.apply(change(anna, 1, [], .assign(.integer(1))))
    state.apply(change(anna, 2, [id(anna, 1)], .assign(.integer(2))))
    state.apply(change(anna, 3, [id(anna, 2)], .assign(.integer(3))))
    let first = origin(anna, 2, [id(anna, 1)])
    state.apply(change(bent, 1, [id(anna, 3)], .assign(.integer(12)), origin: first))
    let second = origin(anna, 3, [id(anna, 1)])
    state.apply(change(bent, 2, [id(anna, 3), id(bent, 1)], .assign(.integer(13)), origin: second))
    #expect(Set(state.values(field).map(\.value)) == [.integer(3), .integer(13)])
  }

  @Test func whatComesLateIsSupersededByWhatNamedIt() {
    var state = RecordState()
    state.apply(change(bent, 1, [id(anna, 1)], .assign(.integer(2)), .remove(.integer(1))))
    #expect(state.ahead.map(\.id) == [id(bent, 1)])
    // A third actor, who was not sent Anna's change either, hides Bent's; Anna's stays superseded by Bent's.
    state.apply(change(carl, 1, [id(bent, 1)], .assign(.integer(3))))
    state.apply(change(anna, 1, [], .assign(.integer(1)), .add(.integer(1))))
    #expect(state.values(field).map(\.value) == [.integer(3)])
    #expect(state.elements(field).isEmpty)
    #expect(state.ahead.isEmpty)
  }

  @Test func aClockThatRunsAheadGainsNothing() {
    var replica = RecordReplica()
    replica.confirm(
      Change(
        context: ChangeContext(
          id: id(anna, 1), version: VersionVector(), author: Identifier(high: 0, low: 0), writtenAt: 9_000,
          receivedAt: 100),
        operations: [Operation(field: field, action: .assign(.integer(1)))]))
    replica.confirm(
      Change(
        context: ChangeContext(
          id: id(bent, 1), version: VersionVector(), author: Identifier(high: 0, low: 0), writtenAt: 101,
          receivedAt: 102),
        operations: [Operation(field: field, action: .assign(.integer(2)))]))
    #expect(replica.shown.value(field) == .integer(2))
    // A pending value counts as written when the server's time, as far as the device can tell, was 50.
    replica.write(
      Change(
        context: ChangeContext(
          id: id(carl, 1), version: VersionVector(), author: Identifier(high: 0, low: 0), writtenAt: 8_000,
          estimatedAt: 50),
        operations: [Operation(field: field, action: .assign(.integer(3)))]))
    #expect(replica.shown.values(field).map(\.value) == [.integer(2), .integer(1), .integer(3)])
  }

  @Test func numbersThatNoActorGivesAreNeverNext() {
    var state = RecordState()
    #expect(!state.isNext(id(anna, 0)))
    #expect(!state.isNext(id(anna, 2)))
    #expect(!state.isReady(for: change(anna, 0, []).context))
    #expect(!state.isReady(for: change(anna, 1, [id(anna, 1)]).context))
    state.apply(change(anna, 0, [], .assign(.null)))
    #expect(state == RecordState())
  }

  @Test func aChangeWithAnOriginIsReadyWhenWhatTheOriginalSawIsHere() {
    var state = RecordState()
    let brought = change(carl, 1, [], .assign(.null), origin: origin(anna, 1, [id(bent, 1)]))
    #expect(!state.isReady(for: brought.context))
    state.apply(change(bent, 1, [], .assign(.integer(1))))
    #expect(state.isReady(for: brought.context))
  }

  @Test func aGapIsNeverSteppedOver() async {
    await #expect(processExitsWith: .failure) {
      var state = RecordState()
      state.applyVoid(ChangeID(actor: ActorID(rawValue: 1), number: 2))
    }
    await #expect(processExitsWith: .failure) {
      var state = RecordState()
      let context = ChangeContext(
        id: ChangeID(actor: ActorID(rawValue: 1), number: 2), version: VersionVector(),
        author: Identifier(high: 0, low: 0), writtenAt: 0)
      state.apply(Change(context: context, operations: []))
    }
  }

  private func id(_ actor: ActorID, _ number: UInt64) -> ChangeID { ChangeID(actor: actor, number: number) }

  private func origin(_ actor: ActorID, _ number: UInt64, _ seen: [ChangeID]) -> Origin {
    Origin(
      id: id(actor, number), version: vector(seen), author: Identifier(high: 0, low: 0), writtenAt: 0)
  }

  private func vector(_ seen: [ChangeID]) -> VersionVector {
    var version = VersionVector()
    for id in seen { version.insert(id) }
    return version
  }

  private func change(
    _ actor: ActorID, _ number: UInt64, _ seen: [ChangeID], _ actions: Operation.Action...,
    origin: Origin? = nil
  ) -> Change {
    var version = vector(seen)
    if number > 1 { version.insert(id(actor, number - 1)) }
    let context = ChangeContext(
      id: id(actor, number), version: version, author: Identifier(high: 0, low: 0),
      writtenAt: Int64(number * 10 + actor.rawValue), origin: origin)
    return Change(context: context, operations: actions.map { Operation(field: field, action: $0) })
  }
}
