import CaseModel
import Testing

/// How reports leave the program: as comma-separated values, and as pictures in a terminal.
@Suite struct ReportFormTests {
  @Test func aLineIsOfRFC4180() {
    #expect(CommaSeparated.line([.text("a"), .number(.whole(-3)), .empty]) == "a,-3,\r\n")
    #expect(CommaSeparated.line([.text("a,b"), .text("say \"no\"")]) == "\"a,b\",\"say \"\"no\"\"\"\r\n")
    #expect(CommaSeparated.line([.text("to\nlinjer")]) == "\"to\nlinjer\"\r\n")
    #expect(
      CommaSeparated.line([.number(.hundredths(-5)), .number(.hundredths(12_345))]) == "-0.05,123.45\r\n")
  }

  /// What a spreadsheet would run is text.
  @Test(arguments: [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u{a0}=1", "＝1+1", "\u{200b}=1", "\u{202e}=1",
    "\u{0}=1", "\n=1",
  ]) func formulasAreDefused(_ text: String) {
    let line = CommaSeparated.line([.text(text), .text("b")])
    let field = line.drop { $0 == "\"" || $0 == "\n" }
    #expect(field.hasPrefix("'") || line.hasPrefix("\"'"), "\(line.debugDescription)")
    #expect(!line.unicodeScalars.contains { $0.value == 0x202e || $0.value == 0 || $0.value == 0x200b })
  }

  /// Whatever a name is made of, one field stays one, and comes back as it was but for what is invisible.
  @Test(arguments: 0..<200) func fieldsComeBack(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let pieces = ["a", "ø", ",", "\"", "\n", "'", " ", "b,c", "\"\"", "=", "\u{202e}", "\u{7}"]
    let texts = (0..<1 + random.below(4)).map { _ in
      (0..<random.below(6)).map { _ in random.pick(pieces) }.joined()
    }
    let line = CommaSeparated.line(texts.map { .text($0) })
    let read = Self.parse(line)
    #expect(read.count == texts.count, "seed \(seed)")
    for (text, field) in zip(texts, read) {
      #expect(field == text.withoutInvisible || field == "'" + text.withoutInvisible, "seed \(seed)")
    }
  }

  /// Reads a line as RFC 4180 has it.
  private static func parse(_ line: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    var rest = Array(line.unicodeScalars.dropLast(2))[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"" where isQuoted && rest.first == "\"":
        rest.removeFirst()
        fields[fields.count - 1].unicodeScalars.append("\"")
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].unicodeScalars.append(scalar)
      }
    }
    return fields
  }

  @Test func barsReadWithoutColour() {
    let bars: [BarChart.Bar] = [
      .init(label: "offer", value: 8, shown: "8"), .init(label: "plan", value: 4, shown: "4"),
      .init(label: "x", value: 1, shown: "1"), .init(label: "none", value: 0, shown: "0"),
      .init(label: "hidden", value: nil, shown: "*"),
    ]
    #expect(
      BarChart.lines(bars, width: 8) == [
        "offer   ████████ 8", "plan    ████ 4", "x       █ 1", "none    0", "hidden  *",
      ])
    let odd: [BarChart.Bar] = [
      .init(label: "", value: .max, shown: "a"), .init(label: "", value: 1, shown: "b"),
      .init(label: "", value: .min, shown: "c"),
    ]
    #expect(BarChart.lines(odd, width: 2) == ["  ██ a", "  ▏ b", "  c"])
    #expect(BarChart.lines([]).isEmpty)
  }

  /// Percent and counts share no scale: a share among counts is told in figures alone.
  @Test func aShareHasNoBarAmongCounts() {
    var book = ReportBook()
    let caseID = book.family(1, enrolled: "2020-01-20", coordinator: 7)
    let offer = book.id()
    book.write(CaseWork.offer(id: offer, in: caseID, on: .on("2020-01-03")))
    if let offered = book.ledger[offer] { book.write(CaseWork.accept(offered, on: .on("2020-01-09"))) }
    let period = ReportPeriod(at: .on("2020-03-05"))
    let memo = StatusMemo(book.stock, in: period).table
    for (row, texts) in memo.allTexts.enumerated() {
      let isShare = texts[0] == "acceptance_percent"
      #expect((memo.barLength(row) == nil) == isShare && (!isShare || texts[1] == "100.00"), "\(texts)")
    }
    let contacts = ContactReport(book.stock, in: period).table
    #expect(contacts.rows.indices.first.map { contacts.barLength($0) } == 0, "\(contacts.allTexts)")
  }

  @Test func quantilesByNearestRank() {
    #expect(RankedNumbers([3, 1, 2]).median == 2 && RankedNumbers([4, 1, 2, 3]).median == 2)
    #expect(RankedNumbers(1...10).quantile(percent: 90) == 9 && RankedNumbers([7]).quantile(percent: 90) == 7)
    #expect(RankedNumbers([]).median == nil && RankedNumbers(1...11).quantile(percent: 90) == 10)
  }

  @Test func quantitiesDoNotOverflow() {
    #expect(ReportTable.Quantity.percent(1, of: 3)?.text == "33.33")
    #expect(ReportTable.Quantity.mean(-7, of: 2)?.text == "-3.50")
    #expect(ReportTable.Quantity.mean(.max, of: 1) == nil && ReportTable.Quantity.percent(1, of: 0) == nil)
    #expect(ReportTable.Quantity.hundredths(.min).text.hasPrefix("-92233720368547758.08"))
    #expect(ReportTable.Quantity.whole(.max).inHundredths == .max)
  }
}
