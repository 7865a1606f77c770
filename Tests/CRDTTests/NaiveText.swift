import CRDT

/// A text as the definition has it: a tree of single characters, built anew from all accepted changes and
/// read from left to right. Slow, and obviously right.
struct NaiveText {
  /// A character, deleted or not.
  struct Character: Hashable {
    let dot: Dot
    let parent: Dot?
    let isLeft: Bool
    var isDeleted = false
  }

  /// All characters in order of the text.
  private(set) var characters: [Character] = []
  /// What those that are shown say.
  private(set) var string = ""
  /// The changes whose edits name characters that are not here.
  private(set) var waiting: Set<ChangeID>

  /// Builds the text of one field.
  init(_ field: FieldID, _ accepted: [Change]) {
    var edits: [(change: Change, edit: TextEdit)] = accepted.compactMap { change in
      for operation in change.operations where operation.field == field {
        if case .edit(let edit) = operation.action { return (change, edit) }
      }
      return nil
    }
    var nodes: [Dot: Character] = [:]
    var scalars: [Dot: Unicode.Scalar] = [:]
    var performed: Set<ChangeID> = []
    var isMoving = true
    while isMoving {
      isMoving = false
      for (place, (change, edit)) in edits.enumerated() {
        let named = Self.named(edit, in: change, accepted, performed)
        guard let named, named.allSatisfy({ $0.change == change.id || nodes[$0] != nil }) else { continue }
        Self.perform(edit, change, accepted, performed, &nodes, &scalars)
        performed.insert(change.id)
        edits.remove(at: place)
        isMoving = true
        break
      }
    }
    waiting = Set(edits.map(\.change.id))
    var children: [Dot?: [Character]] = [:]
    for node in nodes.values { children[node.parent, default: []].append(node) }
    func read(_ parent: Dot?, left: Bool) {
      for child in children[parent, default: []].filter({ $0.isLeft == left }).sorted(by: { $0.dot < $1.dot })
      {
        read(child.dot, left: true)
        characters.append(child)
        if !child.isDeleted, let scalar = scalars[child.dot] { string.unicodeScalars.append(scalar) }
        read(child.dot, left: false)
      }
    }
    read(nil, left: false)
  }

  /// The characters that an edit names, or `nil` when the change of one is not known.
  private static func named(
    _ edit: TextEdit, in change: Change, _ accepted: [Change], _ performed: Set<ChangeID>
  ) -> [Dot]? {
    var named: [Dot] = []
    for step in edit.steps where step.kind != .insertAtStart {
      guard let id = resolve(step.change, in: change, accepted, performed) else { return nil }
      let count = step.kind == .delete ? step.length : 1
      named += (0..<count).map { Dot(change: id, index: step.index + $0) }
    }
    return named
  }

  /// The change that a step means by the name of one: in a change with an origin, what stands for an
  /// original.
  private static func resolve(
    _ named: ChangeID?, in change: Change, _ accepted: [Change], _ performed: Set<ChangeID>
  ) -> ChangeID? {
    guard let named else { return change.id }
    guard let origin = change.context.origin else { return performed.contains(named) ? named : nil }
    let isSeen = origin.version.entries.contains { $0.actor == named.actor && $0.number >= named.number }
    if isSeen, performed.contains(named) { return named }
    let standing = accepted.first { $0.id != change.id && $0.context.origin?.id == named }
    return standing.flatMap { performed.contains($0.id) ? $0.id : nil }
  }

  private static func perform(
    _ edit: TextEdit, _ change: Change, _ accepted: [Change], _ performed: Set<ChangeID>,
    _ nodes: inout [Dot: Character], _ scalars: inout [Dot: Unicode.Scalar]
  ) {
    var content = edit.text.unicodeScalars.makeIterator()
    var next: UInt32 = 0
    for step in edit.steps {
      guard let id = resolve(step.change, in: change, accepted, performed) else { continue }
      if step.kind == .delete {
        for index in step.index..<step.index + step.length {
          nodes[Dot(change: id, index: index)]?.isDeleted = true
        }
        continue
      }
      var parent: Dot? = step.kind == .insertAtStart ? nil : Dot(change: id, index: step.index)
      var isLeft = step.kind == .insertBefore
      for _ in 0..<step.length {
        let dot = Dot(change: change.id, index: next)
        nodes[dot] = Character(dot: dot, parent: parent, isLeft: isLeft)
        scalars[dot] = content.next()
        (parent, isLeft) = (dot, false)
        next += 1
      }
    }
  }
}

extension TextSequence {
  /// The state, character by character.
  var characters: [NaiveText.Character] {
    state.runs.flatMap { run in
      (0..<run.length).map { offset in
        let dot = Dot(change: run.change, index: run.index + offset)
        let before = offset == 0 ? run.parent : Dot(change: run.change, index: run.index + offset - 1)
        return NaiveText.Character(
          dot: dot, parent: before, isLeft: offset == 0 && run.isLeft, isDeleted: run.isDeleted)
      }
    }
  }
}
