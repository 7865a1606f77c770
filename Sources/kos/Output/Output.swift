import ArgumentParser
import CaseModel
import Glibc

/// Where a command says what it found: lines for people or one object a line for programs. Each line leaves
/// at once.
struct Output {
  /// Whether programs read.
  let json: Bool
  /// In which language people read.
  let language: Language

  /// How much of what was typed an error repeats: more than any name or list of codes, less than a paste.
  static let valueLengthMax = 800

  /// A phrase in the reader's language.
  func say(_ phrase: Phrase, _ values: String...) -> String { phrase.text(in: language, values) }

  /// What a code of an open list is called.
  func label(_ code: String) -> String { CodeNames.label(code, in: language) }

  /// One line for people; programs do not get it. A terminal gets it broken between words.
  func line(_ text: String = "", _ style: Style? = nil) {
    guard !json else { return }
    let width = Self.terminalWidth
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { line in width.map { TextLines.wrapped(String(line), width: $0) } ?? [String(line)] }
    let isStyled = Style.isWanted(json: json)
    let shown = lines.map { line in isStyled ? style?.applied(to: line) ?? line : line }
    Descriptor.write(shown.joined(separator: "\n") + "\n", to: 1)
  }

  /// One object for programs; people do not get it.
  func object(_ members: [(String, JSON)]) {
    if json { Descriptor.write(JSON.object(members).text + "\n", to: 1) }
  }

  /// How far something has come, on a line of a terminal that the next one replaces.
  func progress(_ text: String) {
    guard !json, isatty(2) == 1 else { return }
    Descriptor.write("\r\u{1b}[K" + text, to: 2)
  }

  /// Clears what `progress` wrote.
  func endProgress() {
    guard !json, isatty(2) == 1 else { return }
    Descriptor.write("\r\u{1b}[K", to: 2)
  }

  /// Something to know beside the result. It never mixes with the result.
  func notice(_ text: String) {
    let line = json ? JSON.object([("notice", .string(text))]).text : "kos: " + text
    Descriptor.write(line + "\n", to: 2)
  }

  /// What went wrong, in the reader's language.
  func text(_ failure: Failure) -> String {
    let isCoded = failure.exit == .offline || failure.exit == .refused || failure.exit == .other
    return failure.phrase.text(
      in: language,
      failure.values.map { (isCoded ? label($0) : $0).shown(upTo: Self.valueLengthMax) })
  }

  /// Says what went wrong, to people or programs.
  func failure(_ failure: Failure) {
    let text = text(failure)
    if json {
      let members: [(String, JSON)] = [
        ("error", .string(failure.exit.name)), ("exit_code", .integer(Int64(failure.exit.rawValue))),
        ("message", .string(text)),
      ]
      Descriptor.write(JSON.object(members).text + "\n", to: 2)
    } else {
      notice(text)
    }
  }

  /// Rows in columns, the last as long as it is; at a terminal fitted to it.
  ///
  /// - Parameter style: how a cell is set off, by its row and column; its own text decides where it says
  ///   nothing.
  func table(
    _ rows: [[String]], hasHeader: Bool = false,
    style: (_ row: Int, _ column: Int) -> Style? = { _, _ in nil }
  ) {
    if rows.isEmpty { return line(say(.nothingHere)) }
    guard !json else { return }
    let isStyled = Style.isWanted(json: json)
    let lines = TextTable.lines(rows, hasHeader: hasHeader, width: Self.terminalWidth) { text, row, column in
      guard isStyled else { return text }
      let named = hasHeader && row == 0 ? .heading : style(row, column)
      return (named ?? Style.ofCell(text))?.applied(to: text) ?? text
    }
    for text in lines { Descriptor.write(text + "\n", to: 1) }
  }
}
