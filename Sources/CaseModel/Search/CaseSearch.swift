public import CRDT

/// Searches what a replica holds for words (R61: without a network).
///
/// All words must be found in one record, or in what its family is called; at least one in the record itself.
/// Protected contacts are never found: whoever may see them opens them by name.
public struct CaseSearch: Sendable {
  /// A record that was found.
  public struct Hit: Sendable, Hashable {
    /// The record.
    public let record: CaseRecord
    /// The case; of an update under an alias the case behind it.
    public let caseID: Identifier?
    /// The field that shows it best.
    public let field: FieldDefinition
    /// What stands around the first word found, on one line; `…` where it is cut.
    public let snippet: String
    /// How well it fits; more is better.
    public let score: Int
  }

  private let words: [FoldedText]

  /// Takes the words to be found, in any order; words of which nothing is left once folded are passed over.
  public init(_ words: [String]) {
    self.words = words.flatMap { $0.split(whereSeparator: \.isWhitespace) }.map { FoldedText($0) }
      .filter { !$0.bytes.isEmpty }
  }

  /// Whether there is anything to look for.
  public var isEmpty: Bool { words.isEmpty }

  /// What is found, the best first: more and whole words before parts of words, titles before texts, the
  /// latest before the oldest, then by id.
  ///
  /// - Complexity: O(characters × words)
  public func hits(in stock: CaseStock) -> [Hit] {
    guard !words.isEmpty else { return [] }
    var hits: [Hit] = []
    for file in stock.files.values {
      let names = ([file.label] + file.children.map { $0.text(Field.Child.name) }).compactMap { $0 }
      let family = names.map { FoldedText($0) }
      let isOfFamily = words.map { word in family.contains { $0.place(of: word) != nil } }
      for record in file.records.values.joined() where record.kind != .protectedContact {
        if let hit = hit(record, in: file.id, isOfFamily) { hits.append(hit) }
      }
      for update in file.updates { if let hit = hit(update, in: file.id, isOfFamily) { hits.append(hit) } }
    }
    let none = words.map { _ in false }
    for record in stock.register.values.joined() {
      if let hit = hit(record, in: nil, none) { hits.append(hit) }
    }
    return hits.sorted { left, right in
      if left.score != right.score { return left.score > right.score }
      let days = (left.record.happenedOn ?? .min, right.record.happenedOn ?? .min)
      return days.0 == days.1 ? left.record.id < right.record.id : days.0 > days.1
    }
  }

  private func hit(_ record: CaseRecord, in caseID: Identifier?, _ isOfFamily: [Bool]) -> Hit? {
    var scores = words.map { _ in 0 }
    var best: (field: FieldDefinition, text: String, score: Int)?
    for field in record.kind.definition?.fields ?? [] {
      guard field.valueType == .text || field.valueType == .label else { continue }
      for text in Self.texts(record, field) {
        let folded = FoldedText(text)
        var total = 0
        for (place, word) in words.enumerated() {
          let score = Self.score(word, in: folded, isTitle: field.valueType == .label)
          scores[place] = max(scores[place], score)
          total += score
        }
        if total > 0, total > best?.score ?? 0 { best = (field, text, total) }
      }
    }
    guard let best else { return nil }
    for (place, score) in scores.enumerated() where score == 0 && !isOfFamily[place] { return nil }
    return Hit(
      record: record, caseID: caseID, field: best.field,
      snippet: Snippet.around(words, in: best.text), score: scores.reduce(0, +))
  }

  /// All that a field says, also what nobody has settled yet.
  private static func texts(_ record: CaseRecord, _ field: FieldDefinition) -> [String] {
    switch field.kind {
    case .set: return record.texts(field)
    case .register:
      return record.state.values(field.id).compactMap {
        if case .text(let text) = $0.value { text } else { nil }
      }
    default: return record.text(field).map { [$0] } ?? []
    }
  }

  /// 0 when the word is not there; more where it begins a word, is one, or stands in a title.
  private static func score(_ word: FoldedText, in text: FoldedText, isTitle: Bool) -> Int {
    var best = 0
    var place = text.place(of: word)
    while let here = place, best < 4 {
      let isStart = text.isWordStart(here)
      let isEnd = here + word.bytes.count == text.bytes.count || text.isWordEnd(here + word.bytes.count)
      best = max(best, isStart ? isEnd ? 4 : 3 : 1)
      place = text.place(of: word, from: here + 1)
    }
    return best == 0 ? 0 : best + (isTitle ? 1 : 0)
  }
}

extension FoldedText {
  /// Whether no letter or figure stands at a place.
  fileprivate func isWordEnd(_ place: Int) -> Bool {
    guard bytes.indices.contains(place) else { return true }
    let next = bytes[place]
    return !(next >= 0x80 || (48...57).contains(next) || (97...122).contains(next))
  }
}
