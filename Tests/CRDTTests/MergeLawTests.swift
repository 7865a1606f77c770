import CRDT
import Testing

/// What holds of every history, whatever the order in which a replica takes it in.
@Suite struct MergeLawTests {
  @Test func stateIsWhatTheDefinitionSaysAfterEveryStep() {
    Law.holds { random in
      let history = History(steps: 28, random: &random)
      for order in [history.log, history.anyOrder(&random)] {
        var state = RecordState()
        var model = NaiveRecord()
        for event in order {
          state.apply(event)
          model.apply(event)
          try Law.check(state.version == model.version, "version after \(event.change.id)")
          try Law.check(state.fields == model.fields, "fields after \(event.change.id)")
        }
        try Law.check(state.ahead.isEmpty, "\(state.ahead.count) changes ahead when all is in")
      }
    }
  }

  @Test func everyCausalOrderGivesTheSameState() {
    Law.holds { random in
      let history = History(steps: 48, random: &random)
      let state = RecordState(history.log)
      for _ in 0..<3 {
        var other = RecordState()
        for event in history.causalOrder(&random) {
          if case .accepted(let change) = event {
            try Law.check(other.isReady(for: change.context), "\(change.id) is not ready")
          }
          other.apply(event)
          try Law.check(other.ahead.isEmpty, "\(event.change.id) is ahead in a causal order")
        }
        try Law.check(other == state, "another causal order differs")
        try Law.check(other.hashValue == state.hashValue, "equal states hash differently")
      }
    }
  }

  @Test func everyOrderThatKeepsEachActorsOwnGivesTheSameState() {
    Law.holds { random in
      let history = History(steps: 48, random: &random)
      let state = RecordState(history.log)
      for _ in 0..<3 { try Law.check(RecordState(history.anyOrder(&random)) == state, "an order differs") }
    }
  }

  @Test func takingInAgainChangesNothing() {
    Law.holds { random in
      let history = History(random: &random)
      var state = RecordState()
      for (index, event) in history.anyOrder(&random).enumerated() {
        state.apply(event)
        let before = state
        for again in history.log.prefix(index + 1) where before.version.contains(again.change.id) {
          state.apply(again)
          // A void stays void although its content comes, and an accepted change stays although a void comes.
          state.apply(again.change)
          state.applyVoid(again.change.id)
        }
        try Law.check(state == before, "a duplicate changed something after \(event.change.id)")
      }
    }
  }

  @Test func nothingIsLostThatNobodySuperseded() {
    Law.holds { random in
      let history = History(random: &random)
      let state = RecordState(history.anyOrder(&random))
      let accepted = history.log.compactMap { event -> Change? in
        if case .accepted(let change) = event { change } else { nil }
      }
      let live = Set(state.fields.values.joined().map(\.dot))
      for change in accepted {
        for (index, operation) in change.operations.enumerated() {
          if operation.keptValue == nil { continue }
          let dot = Dot(change: change.id, index: UInt32(index))
          if live.contains(dot) { continue }
          let reason = accepted.first { other in
            (other.id == change.id || NaiveRecord.hasSeen(other, change.context))
              && other.operations.contains { NaiveRecord.reaches($0, operation) }
          }
          try Law.check(reason != nil, "\(dot) vanished for no reason")
        }
      }
    }
  }

  @Test func aVoidChangeSupersedesNothing() {
    Law.holds { random in
      let history = History(random: &random)
      var voidChanges: Set<ChangeID> = []
      var naive = NaiveRecord()
      for event in history.log {
        if case .accepted(let change) = event {
          naive.apply(change)
        } else {
          voidChanges.insert(event.change.id)
        }
      }
      let state = RecordState(history.log)
      try Law.check(state.fields == naive.fields, "voids had an effect on values")
      for (field, text) in state.texts {
        try Law.check(text.characters == naive.text(field).characters, "voids had an effect on a text")
      }
      let live = state.fields.values.joined().map(\.context.id)
      try Law.check(live.allSatisfy { !voidChanges.contains($0) }, "a void value is live")
      try Law.check(voidChanges.allSatisfy { state.version.contains($0) }, "a void number is not seen")
    }
  }

  @Test func unknownKindsKeepEverything() {
    Law.holds { random in
      let history = History(random: &random)
      let state = RecordState(history.anyOrder(&random))
      var written: [RecordState.Key: Int] = [:]
      for case .accepted(let change) in history.log {
        for operation in change.operations where !operation.kind.isKnown {
          written[RecordState.Key(field: operation.field, kind: operation.kind), default: 0] += 1
        }
      }
      let kept = state.fields.filter { !$0.key.kind.isKnown }.mapValues(\.count)
      try Law.check(kept == written, "kept \(kept) of \(written)")
    }
  }

  @Test func aStateIsRestoredFromItsParts() {
    Law.holds { random in
      let history = History(random: &random)
      var order = history.anyOrder(&random)
      order.removeLast(random.below(order.count + 1))
      let state = RecordState(order)
      let restored = RecordState(
        version: state.version, fields: state.fields, texts: state.texts, ahead: state.ahead)
      try Law.check(restored == state, "a state was not restored")
      if let entry = state.fields.first(where: { $0.value.count > 1 }) {
        var fields = state.fields
        fields[entry.key] = entry.value.reversed()
        let unsorted = RecordState(version: state.version, fields: fields, ahead: state.ahead)
        try Law.check(unsorted == nil, "an unsorted list was taken")
        fields[entry.key] = [entry.value[0], entry.value[0]]
        let doubled = RecordState(version: state.version, fields: fields, ahead: state.ahead)
        try Law.check(doubled == nil, "an operation was taken twice")
      }
      if !state.fields.isEmpty {
        let unseen = RecordState(version: VersionVector(), fields: state.fields)
        try Law.check(unseen == nil, "something live was taken that the version does not contain")
      }
    }
  }

  @Test func growthIsBoundedBeforeItHappens() {
    Law.holds { random in
      let history = History(random: &random)
      var state = RecordState()
      for event in history.causalOrder(&random) {
        let before = state
        state.apply(event)
        guard case .accepted(let change) = event else { continue }
        for bound in 0...3 {
          let expected = change.operations.first { operation in
            let key = RecordState.Key(field: operation.field, kind: operation.kind)
            return state.fields[key, default: []].count > bound
          }?.field
          let found = before.fieldOver(limit: { _ in bound }, after: change)
          try Law.check(found == expected, "\(change.id) at bound \(bound): \(String(describing: found))")
        }
      }
    }
  }
}
