import CaseModel
import Testing

/// Tables and prose in a terminal of any width.
@Suite struct TextTableTests {
  private static let report = [
    ["trin", "nåede det", "median, dage", "90 % højst, dage", "længst, dage", "venter nu", "median hidtil"],
    ["tilbud", "24", "12", "33", "40", "0", "–"],
    ["første udredningsmøde", "123456789", "41", "*", "90", "14", "73"],
  ]

  /// Into files and pipes everything goes whole, the last column as long as it is.
  @Test func withoutAWidthNothingIsCut() {
    let lines = TextTable.lines(Self.report)
    #expect(lines.first?.hasPrefix("trin                   nåede det  median, dage") == true)
    #expect(lines.count == 3 && lines.allSatisfy { !$0.contains("…") })
    #expect(TextTable.lines([["a", ""], ["bb", "c"]]) == ["a", "bb  c"])
    #expect(TextTable.lines(Self.report, hasHeader: true, width: 500) == lines)
    #expect(TextTable.lines([]).isEmpty)
  }

  /// No line is longer than the terminal, no number is cut, and no heading loses a word.
  @Test(arguments: [60, 72, 80, 90]) func aReportFits(width: Int) {
    let lines = TextTable.lines(Self.report, hasHeader: true, width: width)
    #expect(lines.allSatisfy { $0.count <= width }, "\(lines)")
    let words = lines.joined(separator: " ").split(separator: " ").map(String.init)
    for word in ["123456789", "24", "33", "*", "73", "hidtil", "højst,"] {
      #expect(words.contains(word), "\(word) \(lines)")
    }
  }

  @Test func textsAreCutAndTheLastGoesOn() {
    let rows = [
      ["1", "d990fe24", String(repeating: "A", count: 300), "åben", "2020-07-01"],
      ["10", "e38569d1", "F01", "indskrevet", "et andet trin, som ingen venter på"],
    ]
    for width in [60, 80] {
      let lines = TextTable.lines(rows, width: width)
      #expect(lines.allSatisfy { $0.count <= width }, "\(lines)")
      let all = lines.joined(separator: "\n")
      for word in ["d990fe24", "A…", "2020-07-01", "F01", "ingen", "venter"] {
        #expect(all.contains(word), "\(word) \(lines)")
      }
    }
    // What cannot fit is whole rather than lost.
    #expect(TextTable.lines([["2020-07-01", "2020-07-02"]], width: 10) == ["2020-07-01  2020-07-02"])
  }

  /// What the rows are called is cut last, and a text with a number or a day in it goes on.
  @Test func namesAndNumbersAreKept() {
    let report = TextTable.lines(Self.report, hasHeader: true, width: 72).joined(separator: "\n")
    #expect(report.contains("første udredn"), "\(report)")
    let rows = [
      ["3", "Udredningsmøde med familien", "venter siden 2020-01-01, 400 dage", "familiekoordinator"],
      ["10", "Opfølgning", "ikke begyndt", "kerneteam"],
    ]
    let lines = TextTable.lines(rows, width: 60)
    #expect(lines.allSatisfy { $0.count <= 60 }, "\(lines)")
    let all = lines.joined(separator: " ")
    for word in ["2020-01-01,", "400", "familiekoordinator"] {
      #expect(all.contains(word), "\(word) \(lines)")
    }
  }

  @Test func proseIsBrokenBetweenWords() {
    #expect(TextLines.wrapped("kort", width: 60) == ["kort"])
    #expect(
      TextLines.wrapped("      Status: i gang, og noget mere", width: 23)
        == ["      Status: i gang,", "      og noget mere"])
    let link = String(repeating: "x", count: 90)
    #expect(TextLines.wrapped("se " + link + " nu", width: 40) == ["se", link, "nu"])
    #expect(TextLines.wrapped(link, width: 40) == [link])
    for width in 20...80 {
      let text = String(repeating: "et ord og flere  ", count: 20)
      let lines = TextLines.wrapped(text, width: width)
      #expect(lines.allSatisfy { $0.count <= width }, "\(width) \(lines)")
      let words = lines.joined(separator: " ").split(separator: " ")
      #expect(words == text.split(separator: " "), "\(width)")
    }
  }

  /// What sets a cell off takes no room: without it the table is the same, fitted or not.
  @Test(arguments: [nil, 30, 60]) func styleTakesNoRoom(width: Int?) {
    let plain = TextTable.lines(Self.report, hasHeader: true, width: width)
    let styled = TextTable.lines(Self.report, hasHeader: true, width: width) { text, row, _ in
      row == 0 ? "<\(text)>" : text
    }
    #expect(styled != plain)
    #expect(styled.map { $0.filter { !"<>".contains($0) } } == plain)
  }
}
