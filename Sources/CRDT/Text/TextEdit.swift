/// What one operation does to a text: its steps in order, and the characters that they put in, one after the
/// other. A change has at most one for a field.
public struct TextEdit: Hashable, Sendable {
  /// What is done, in order.
  public let steps: [TextStep]
  /// The characters of all insertions together.
  public let text: String
  /// How many characters are put in.
  public let insertedCount: Int

  /// Makes an edit; `nil` when it is none: there is no step, a step has no character, names one that cannot
  /// be or that a later step puts in, or the text has more or fewer scalars than the steps put in.
  ///
  /// - Complexity: O(steps + bytes of the text)
  public init?(steps: [TextStep], text: String) {
    var inserted = 0
    for step in steps {
      let named = Int(step.index) + (step.isInsertion ? 1 : Int(step.length))
      guard step.length > 0, named <= UInt32.max else { return nil }
      if step.kind == .insertAtStart {
        guard step.change == nil, step.index == 0 else { return nil }
      } else if let change = step.change {
        guard change.number > 0 else { return nil }
      } else {
        guard named <= inserted else { return nil }
      }
      if step.isInsertion { inserted += Int(step.length) }
    }
    guard !steps.isEmpty, text.scalarCount == inserted else { return nil }
    self.steps = steps
    self.text = text
    insertedCount = inserted
  }

  /// Whether the steps are the same, and the texts the same bytes.
  public static func == (left: TextEdit, right: TextEdit) -> Bool {
    left.steps == right.steps && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Hashes what is compared.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(steps)
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

extension String {
  /// How many Unicode scalars the text has.
  ///
  /// - Complexity: O(bytes)
  var scalarCount: Int {
    let counted = utf8.withContiguousStorageIfAvailable { bytes in
      var count = 0
      for byte in bytes { count &+= byte & 0xc0 == 0x80 ? 0 : 1 }
      return count
    }
    return counted ?? unicodeScalars.count
  }
}
