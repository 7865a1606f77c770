import CRDT
import Testing

/// What holds of a client's record: confirmed and pending apart, one shown over the other.
@Suite struct ReplicaLawTests {
  @Test func shownIsPendingOverConfirmedAfterEveryStep() {
    Law.holds { random in
      let history = History(steps: 24, random: &random)
      let trace = random.pick(history.traces)
      var replica = RecordReplica()
      var confirmed = NaiveRecord()
      var pending: [Change] = []
      for step in trace {
        let before = replica.confirmed
        replica.take(step)
        switch step {
        case .wrote(let change):
          pending.append(change)
          try Law.check(replica.confirmed == before, "an own change touched the confirmed state")
        case .pulled(let event):
          confirmed.apply(event)
          pending.removeAll { $0.id == event.change.id }
        }
        var shown = confirmed
        for change in pending { shown.apply(change) }
        try Law.check(replica.pending == pending, "pending")
        try Law.check(replica.confirmed.fields == confirmed.fields, "confirmed fields")
        try Law.check(replica.confirmed.version == confirmed.version, "confirmed version")
        try Law.check(replica.shown.fields == shown.fields, "shown fields")
        for (field, text) in replica.shown.texts {
          try Law.check(text.characters == shown.text(field).characters, "a shown text")
        }
        for (field, text) in replica.confirmed.texts {
          try Law.check(text.characters == confirmed.text(field).characters, "a confirmed text")
        }
        try Law.check(replica.shown.version == shown.version, "shown version")
      }
      try Law.check(replica.shown == RecordState(history.log), "a replica differs when all is in")
    }
  }

  @Test func aRefusalIsUndoneExactly() {
    Law.holds { random in
      let history = History(random: &random)
      for trace in history.traces {
        var replica = RecordReplica()
        for step in trace {
          if case .pulled(.void(let change)) = step {
            let before = replica
            replica.void(change.id)
            let never = RecordReplica(
              confirmed: replica.confirmed, pending: before.pending.filter { $0.id != change.id })
            try Law.check(replica == never, "\(change.id) left a trace")
            try Law.check(replica.confirmed.fields == before.confirmed.fields, "the confirmed state changed")
            try Law.check(replica.confirmed.texts == before.confirmed.texts, "a confirmed text changed")
            var version = before.confirmed.version
            version.insert(change.id)
            try Law.check(
              replica.confirmed.version == version, "the version is not the one before and the void")
          } else {
            replica.take(step)
          }
        }
      }
    }
  }

  @Test func whatEndsVoidMightNeverHaveBeenWritten() {
    Law.holds { random in
      let history = History(random: &random)
      let voidChanges = Set(
        history.log.compactMap { event -> ChangeID? in
          if case .void(let change) = event { change.id } else { nil }
        })
      for trace in history.traces {
        var replica = RecordReplica()
        var twin = RecordReplica()
        for step in trace {
          replica.take(step)
          if case .wrote(let change) = step, voidChanges.contains(change.id) { continue }
          twin.take(step)
          let isWaiting = replica.pending.contains { voidChanges.contains($0.id) }
          if isWaiting { continue }
          try Law.check(replica.shown.fields == twin.shown.fields, "a void left a trace")
          try Law.check(replica.shown.texts == twin.shown.texts, "a void left a trace in a text")
        }
        try Law.check(replica == twin, "a void left a trace in the end")
      }
    }
  }

  @Test func manyAtOnceAreAsOneByOne() {
    Law.holds { random in
      let history = History(random: &random)
      let own = History(steps: 6, random: &random).log.map(\.change)
      var single = RecordReplica()
      for change in own { single.write(change) }
      var batch = single
      let changes = history.log.map(\.change)
      for change in changes { single.confirm(change) }
      batch.confirm(contentsOf: changes)
      try Law.check(single == batch, "a batch differs")
    }
  }

  @Test func aDeliveredStateReplacesTheConfirmedOne() {
    Law.holds { random in
      let history = History(random: &random)
      for trace in history.traces {
        var replica = RecordReplica()
        for step in trace.prefix(random.below(trace.count + 1)) { replica.take(step) }
        let state = RecordState(Array(history.log.prefix(random.below(history.log.count + 1))))
        let pending = replica.pending
        replica.replaceConfirmed(by: state)
        try Law.check(
          replica == RecordReplica(confirmed: state, pending: pending), "not the state and pending")
        try Law.check(replica.confirmed == state, "not the state")
      }
    }
  }
}

extension RecordReplica {
  /// Does what happened at a device.
  mutating func take(_ step: History.Step) {
    switch step {
    case .wrote(let change): write(change)
    case .pulled(.accepted(let change)): confirm(change)
    case .pulled(.void(let change)): void(change.id)
    }
  }
}
