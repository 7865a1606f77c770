extension TextEditor {
  /// How many insertions and deletions are told apart at most; a text that differs more is replaced where it
  /// differs.
  private static let editsMax = 1_000
  /// Fewer characters than this between two changes count as changed too.
  private static let keptMin = 3

  /// Makes the text another one by what differs: what a person changed in an editor. What others write at the
  /// same time elsewhere in the text stays where it is.
  ///
  /// What a reader takes for one character is replaced whole, however many scalars it has.
  ///
  /// - Complexity: O(n × d), d being the size of the difference.
  public mutating func replace(with new: String) {
    let old = Array(sequence.string)
    let new = Array(new)
    var numbers = CharacterNumbers()
    var difference = Difference(
      old.map { numbers.number($0) }, new.map { numbers.number($0) }, editsMax: Self.editsMax)
    difference.join(across: Self.keptMin)
    var places: [Int] = [0]
    for character in old { places.append((places.last ?? 0) + character.unicodeScalars.count) }
    for part in difference.parts.reversed() {
      let place = places[part.old.lowerBound]
      delete(places[part.old.upperBound] - place, at: place)
      insert(String(new[part.new]), at: place)
    }
  }
}

/// A number for each character, the same for the same scalars: what is written otherwise differs, though it
/// may look the same.
private struct CharacterNumbers {
  private var several: [[Unicode.Scalar]: Int] = [:]

  /// One scalar is its own number; several get numbers beyond all scalars.
  mutating func number(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    if let first = scalars.first, scalars.index(after: scalars.startIndex) == scalars.endIndex {
      return Int(first.value)
    }
    let key = Array(scalars)
    if let known = several[key] { return known }
    let number = 0x11_0000 + several.count
    several[key] = number
    return number
  }
}
