import CRDT
import CaseModel

/// What a page is written on: its words, its day, and what of a case may stand on it.
struct LetterPaper {
  /// The session.
  let session: Session
  /// All that is held.
  let stock: CaseStock
  /// The case.
  let file: CaseFile
  /// What may stand on the page.
  let scope: LetterScope
  /// The page's language, which is Danish unless another is asked for.
  let words: Output
  /// The day.
  let day: CalendarDay
  /// The records that stand on it, in the order in which they were taken.
  private(set) var shown: [CaseRecord] = []

  init(_ session: Session, _ stock: CaseStock, _ file: CaseFile, _ scope: LetterScope) {
    self.session = session
    self.stock = stock
    self.file = file
    self.scope = scope
    words = Output(json: false, language: session.common.lang ?? .danish)
    day = session.day(nil)
  }

  /// Those of the records that may stand on the page; they are taken for shown.
  ///
  /// - Parameter isItsMatter: whether the page is about them.
  mutating func take(_ records: [CaseRecord], isItsMatter: Bool = false) -> [CaseRecord] {
    let own = records.filter { scope.shows($0, isItsMatter: isItsMatter) }
    let known = Set(shown.map(\.id))
    shown += own.filter { !known.contains($0.id) }
    return own
  }

  func say(_ phrase: Phrase, _ values: String...) -> String { phrase.text(in: words.language, values) }

  /// What a person or one of the family is called.
  func name(_ id: Identifier?) -> String { id.map { session.title(of: $0, stock, in: file.id) } ?? "–" }

  /// A day as it is written in a letter.
  func date(_ day: CalendarDay?) -> String { day.map { LetterText.date($0, words.language) } ?? "–" }

  /// The head of a page: who writes, to whom, when, about whom.
  mutating func head(_ title: String, to recipient: String?) -> [PageNode] {
    let children = take(file.children).compactMap { $0.text(Field.Child.name) }.filter { !$0.isEmpty }
    var lines = [session.replica.profile.tenantName, date(day)]
    if let recipient { lines.append(say(.letterTo, recipient)) }
    if !children.isEmpty { lines.append(say(.letterAbout, children.joined(separator: ", "))) }
    return [.element(.remark, lines.joined(separator: "\n")), .element(.title, title)]
  }

  /// The foot of a page: whom to ask, and that it was noted.
  func foot() -> [PageNode] {
    let coordinator = file.coordinator.map { name($0) } ?? session.replica.profile.personName
    return [
      .element(.paragraph, say(.letterAsk, coordinator)), .element(.remark, say(.letterNoted, date(day))),
    ]
  }
}
