import CRDT
import Testing

/// What holds of every text, whatever the order in which a replica takes it in.
@Suite struct TextLawTests {
  @Test func aTextIsTheTreeReadFromLeftToRight() {
    Law.holds { random in
      let history = History(steps: 36, random: &random)
      for order in [history.log, history.anyOrder(&random)] {
        var state = RecordState()
        var model = NaiveRecord()
        for event in order {
          state.apply(event)
          model.apply(event)
          try Law.check(Set(state.texts.keys) == model.textFields, "fields after \(event.change.id)")
          for (field, text) in state.texts {
            let expected = model.text(field)
            try Law.check(text.characters == expected.characters, "the tree after \(event.change.id)")
            try Law.check(text.string.utf8.elementsEqual(expected.string.utf8), "the text")
            try Law.check(text.count == expected.string.unicodeScalars.count, "the count")
            try Law.check(Set(text.waiting.map(\.context.id)) == expected.waiting, "what waits")
          }
        }
      }
    }
  }

  @Test func aTextIsRestoredFromItsState() {
    Law.holds { random in
      let history = History(steps: 48, random: &random)
      let order = history.anyOrder(&random)
      let cut = random.below(order.count + 1)
      var state = RecordState(Array(order.prefix(cut)))
      for (field, text) in state.texts {
        let restored = TextSequence(text.state)
        try Law.check(restored == text, "\(field) is not restored")
      }
      let texts = try state.texts.mapValues { text in
        guard let restored = TextSequence(text.state) else { throw Law.Broken(what: "refused") }
        return restored
      }
      guard
        var restored = RecordState(
          version: state.version, fields: state.fields, texts: texts, ahead: state.ahead)
      else { throw Law.Broken(what: "a state is refused") }
      for event in order.dropFirst(cut) {
        state.apply(event)
        restored.apply(event)
        try Law.check(restored == state, "a restored text goes on differently after \(event.change.id)")
      }
    }
  }

  @Test func aStateThatIsNoTreeIsRefused() {
    Law.holds { random in
      let history = History(steps: 48, random: &random)
      for text in RecordState(history.log).texts.values {
        let state = text.state
        guard state.runs.count > 1 else { continue }
        var runs = state.runs
        let (first, second) = (random.below(runs.count), random.below(runs.count))
        if random.chance(50) {
          runs.swapAt(first, second)
        } else if random.chance(50) {
          runs[first] = runs[second]
        } else {
          let (run, other) = (runs[first], runs[second])
          runs[first] = TextState.Run(
            change: run.change, index: run.index, length: run.length, isDeleted: run.isDeleted,
            parent: other.parent, isLeft: other.isLeft)
        }
        if runs == state.runs { continue }
        let changed = TextState(
          runs: runs, text: state.text, writings: state.writings, aliases: state.aliases,
          waiting: state.waiting)
        // Another tree may fit by chance; what is taken must then be just that one.
        guard let taken = TextSequence(changed) else { continue }
        try Law.check(taken.state.runs.map(\.length).reduce(0, +) == runs.map(\.length).reduce(0, +), "lost")
        try Law.check(taken.characters.map(\.dot) == runs.flatMap(Self.dots), "in another order")
        var rebuilt = taken.characters
        rebuilt.sort { $0.dot < $1.dot }
        try Law.check(NaiveText.read(rebuilt) == taken.characters.map(\.dot), "no tree")
      }
    }
  }

  @Test func whatDoesNotFitAStateIsRefused() {
    Law.holds { random in
      let history = History(steps: 48, random: &random)
      for text in RecordState(history.log).texts.values {
        let state = text.state
        guard !state.runs.isEmpty else { continue }
        func with(
          text: String? = nil, writings: [TextState.Writing]? = nil, runs: [TextState.Run]? = nil
        ) -> TextSequence? {
          TextSequence(
            TextState(
              runs: runs ?? state.runs, text: text ?? state.text, writings: writings ?? state.writings,
              aliases: state.aliases, waiting: state.waiting))
        }
        try Law.check(with(text: state.text + "x") == nil, "a text that is too long")
        if !state.writings.isEmpty {
          try Law.check(with(writings: Array(state.writings.dropLast())) == nil, "an author less")
          try Law.check(with(text: String(state.text.unicodeScalars.dropLast())) == nil, "a short text")
        }
        try Law.check(with(runs: state.runs + [state.runs[0]]) == nil, "a run twice")
        if state.runs.count > 1, !state.runs[0].isDeleted {
          try Law.check(with(runs: Array(state.runs.dropFirst())) == nil, "a run less")
        }
      }
    }
  }

  private static func dots(_ run: TextState.Run) -> [Dot] {
    (0..<run.length).map { Dot(change: run.change, index: run.index + $0) }
  }
}

extension NaiveText {
  /// The characters of a tree in order, as far as they hang on the root.
  static func read(_ characters: [Character]) -> [Dot] {
    var children: [Dot?: [Character]] = [:]
    for character in characters { children[character.parent, default: []].append(character) }
    var dots: [Dot] = []
    func read(_ parent: Dot?, left: Bool) {
      for child in children[parent, default: []].filter({ $0.isLeft == left }).sorted(by: { $0.dot < $1.dot })
      {
        read(child.dot, left: true)
        dots.append(child.dot)
        read(child.dot, left: false)
      }
    }
    read(nil, left: false)
    return dots
  }
}
