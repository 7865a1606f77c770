import CRDT
import Testing

/// What holds of what is shown, and of what may be decided.
@Suite struct ViewLawTests {
  @Test func theOrderShownIsTotalAndTheSameEverywhere() {
    Law.holds { random in
      let history = History(steps: 48, random: &random)
      let here = RecordState(history.log)
      let there = RecordState(history.anyOrder(&random))
      for key in here.fields.keys {
        let shown = here.operations(key.field, key.kind)
        try Law.check(shown == there.operations(key.field, key.kind), "replicas show \(key) differently")
        try Law.check(Set(shown) == Set(here.fields[key, default: []]), "something is not shown")
        for (first, second) in zip(shown, shown.dropFirst()) {
          try Law.check(Self.rank(first).lexicographicallyPrecedes(Self.rank(second)), "\(key) out of order")
        }
      }
    }
  }

  @Test func viewsShowWhatIsLive() {
    Law.holds { random in
      let state = RecordState(History(random: &random).log)
      for field in [1, 2, 3].map(FieldID.init(rawValue:)) {
        let registers = state.operations(field, .register)
        try Law.check(state.values(field) == registers, "values")
        try Law.check(state.value(field) == registers.first?.value, "value")
        try Law.check(state.conflicts.contains(field) == (registers.count > 1), "conflicts")
        try Law.check(state.decided(field) == state.operations(field, .arbitrated).first, "decided")
        var elements: [Value] = []
        for live in state.operations(field, .set).reversed() where !elements.contains(live.value) {
          elements.append(live.value)
        }
        try Law.check(state.elements(field) == elements, "elements")
      }
      try Law.check(state.conflicts == state.conflicts.sorted(), "conflicts in order")
    }
  }

  @Test func aDecisionThatDidNotSeeWhatStandsIsFound() {
    Law.holds { random in
      let history = History(steps: 28, random: &random)
      var state = RecordState()
      var model = NaiveRecord()
      for event in history.log {
        if case .accepted(let change) = event {
          let found = state.unseenDecision(in: change)
          try Law.check(
            found == model.unseenDecision(in: change), "\(change.id): \(String(describing: found))")
        }
        state.apply(event)
        model.apply(event)
      }
    }
  }

  @Test func whereUnseenDecisionsAreRefusedOneValueStands() {
    Law.holds { random in
      var state = RecordState()
      for event in History(random: &random).log {
        switch event {
        case .accepted(let change) where state.unseenDecision(in: change) == nil: state.apply(change)
        case .accepted(let change), .void(let change): state.applyVoid(change.id)
        }
        let most = state.fields.filter { $0.key.kind == .arbitrated }.map(\.value.count).max() ?? 0
        try Law.check(most <= 1, "\(most) values stand")
      }
    }
  }

  /// Later first by the earlier of written and received, then actor, number and index, highest first.
  private static func rank(_ live: LiveOperation) -> [UInt64] {
    let written = live.context.origin?.writtenAt ?? live.context.writtenAt
    let time = live.context.receivedAt.map { min($0, written) } ?? written
    return [
      UInt64(Int64.max - time), .max - live.context.id.actor.rawValue, .max - live.context.id.number,
      .max - UInt64(live.index),
    ]
  }
}
