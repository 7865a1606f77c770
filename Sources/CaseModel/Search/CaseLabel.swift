/// What a family is called in lists: a name that people type, and read out to each other.
public enum CaseLabel {
  /// Why a label would not do.
  public enum Flaw: Sendable, Hashable {
    /// Numbers name places in lists.
    case onlyDigits
    /// No list has room for it.
    case tooLong
    /// It has a control character, a second line, or what turns the direction of writing.
    case unprintable
    /// A case is called so, whether in capitals or not.
    case taken
  }

  /// The most characters of a label: a line of a list has room for them and for what is told of the case.
  public static let lengthMax = 60

  /// Why a new case cannot be called so; `nil` when it can.
  ///
  /// - Parameter heads: the heads of the cases that there are, as far as they are known here.
  public static func flaw(of label: String, among heads: [CaseRecord]) -> Flaw? {
    if label.count > lengthMax { return .tooLong }
    if label.unicodeScalars.contains(where: isUnprintable) { return .unprintable }
    let letters = label.filter { !$0.isWhitespace }
    if !letters.isEmpty, letters.allSatisfy(\.isNumber) { return .onlyDigits }
    return heads.contains { self.label($0).map(inSmall) == inSmall(label) } ? .taken : nil
  }

  /// The cases that a typed word means: those called exactly so, else those but for capitals, else those
  /// called so as search compares it.
  ///
  /// In steps, so that a family Møller and a family Moller are both found by their names.
  public static func heads(called word: String, among heads: [CaseRecord]) -> [CaseRecord] {
    let exact = heads.filter { label($0) == word }
    if !exact.isEmpty { return exact }
    let word = trimmed(word)
    let small = heads.filter { label($0).map(inSmall) == inSmall(word) }
    if !small.isEmpty { return small }
    let folded = FoldedText(word)
    guard !folded.bytes.isEmpty else { return [] }
    return heads.filter { label($0).map { FoldedText(trimmed($0)) } == folded }
  }

  private static func label(_ head: CaseRecord) -> String? { head.text(Field.Case.label) }

  private static func inSmall(_ label: String) -> String { trimmed(label).lowercased() }

  private static func trimmed(_ label: String) -> String {
    var text = label[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
    default: scalar.properties.generalCategory == .control
    }
  }
}
