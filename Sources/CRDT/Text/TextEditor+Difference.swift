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
    var numbers: [[Unicode.Scalar]: Int] = [:]
    func number(_ character: Character) -> Int {
      let scalars = Array(character.unicodeScalars)
      let number = numbers[scalars] ?? numbers.count
      numbers[scalars] = number
      return number
    }
    var difference = Difference(old.map(number), new.map(number), editsMax: Self.editsMax)
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
