import CRDT

extension History {
  /// The log in another order in which each change still comes after all that it and its origin name.
  func causalOrder(_ random: inout SplitMix64) -> [Event] {
    order(&random) { context, done in
      done.contains(context.version) && (context.origin.map { done.contains($0.version) } ?? true)
    }
  }

  /// The log in another order that keeps nothing but each actor's own.
  func anyOrder(_ random: inout SplitMix64) -> [Event] { order(&random) { _, _ in true } }

  private func order(
    _ random: inout SplitMix64, _ isAllowed: (ChangeContext, VersionVector) -> Bool
  ) -> [Event] {
    var rest = log
    var done = VersionVector()
    var order: [Event] = []
    while !rest.isEmpty {
      let allowed = rest.indices.filter { index in
        let change = rest[index].change
        guard done[change.id.actor] + 1 == change.id.number else { return false }
        if case .void = rest[index] { return true }
        return isAllowed(change.context, done)
      }
      let event = rest.remove(at: random.pick(allowed))
      done.insert(event.change.id)
      order.append(event)
    }
    return order
  }
}

extension RecordState {
  /// Takes in what a server logged.
  mutating func apply(_ event: History.Event) {
    switch event {
    case .accepted(let change): apply(change)
    case .void(let original): applyVoid(original.id)
    }
  }

  /// The state after all of the events.
  init(_ events: [History.Event]) {
    self.init()
    for event in events { apply(event) }
  }
}
