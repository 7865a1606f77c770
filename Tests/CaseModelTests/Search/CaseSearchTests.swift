import CRDT
import CaseModel
import Testing

/// Searching what a replica holds.
@Suite struct CaseSearchTests {
  typealias Due = DueWorkTests

  private func note(_ id: UInt64, _ text: String, title: String? = nil, on day: String = "2020-02-01")
    -> RecordDraft
  {
    CaseWork.note(
      id: Identifier(id), in: Due.caseID, text: text, title: title, on: .on(day))
  }

  private func found(_ words: String..., in ledger: Ledger) -> [UInt64] {
    CaseSearch(words).hits(in: CaseStock(records: ledger.all)).map(\.record.id.low)
  }

  /// Small or capital, with or without accents, in either normal form, in the spelling from before 1948.
  @Test(arguments: ["årsprøve", "ÅRSPRØVE", "a\u{30a}rsprøve", "arsprove", "aarsprøve", "Aarsprove"])
  func lettersAreTolerant(word: String) {
    for text in ["En årsprøve i maj", "En A\u{30a}RSPRØVE i maj", "en Aarsprøve i maj"] {
      var ledger = Due.enrolled()
      ledger.write(note(9_001, text))
      ledger.write(note(9_002, "En anden prøve"))
      #expect(found(word, in: ledger) == [9_001], "\(word) in \(text)")
    }
  }

  /// Letters that differ stay apart, and what is no Latin letter is found as it is.
  @Test func lettersThatDiffer() {
    var ledger = Due.enrolled()
    ledger.write(note(9_001, "møde i Ærø"))
    ledger.write(note(9_002, "лекарство 😀 x²"))
    #expect(found("mude", in: ledger).isEmpty)
    #expect(found("aero", in: ledger) == [9_001] && found("ÆRØ", in: ledger) == [9_001])
    #expect(found("ЛЕКАРСТВО", in: ledger) == [9_002] && found("😀", in: ledger) == [9_002])
    #expect(found("", " ", in: ledger).isEmpty && CaseSearch([" "]).isEmpty)
    #expect(found("\u{301}", in: ledger).isEmpty, "an accent alone is nothing to look for")
  }

  /// All words, of which the family's name may be some, but not all.
  @Test func allWordsAreFound() {
    var ledger = Due.enrolled()
    ledger.write(note(9_001, "astma og eksem"))
    ledger.write(note(9_002, "astma"))
    #expect(found("eksem", "astma", in: ledger) == [9_001])
    #expect(found("eksem astma", in: ledger) == [9_001])
    #expect(found("astma", "ørebetændelse", in: ledger).isEmpty)
    // The child is called Bo.
    #expect(Set(found("bo", "astma", in: ledger)) == [9_001, 9_002])
    #expect(found("bo", "F100", in: ledger) == [100, 100_201], "the case and the child themselves")
  }

  /// Whole words before beginnings before what stands within, and titles first.
  @Test func theBestComesFirst() {
    var ledger = Due.enrolled()
    ledger.write(note(9_001, "overgang"))
    ledger.write(note(9_002, "gangbesvær"))
    ledger.write(note(9_003, "sen gang", on: "2020-01-01"))
    ledger.write(note(9_004, "en gang til", on: "2020-01-02"))
    ledger.write(note(9_005, "intet", title: "gang"))
    #expect(found("gang", in: ledger) == [9_005, 9_004, 9_003, 9_002, 9_001])
  }

  /// where somebody lives is found by nobody.
  @Test func protectedContactsAreNeverFound() {
    var ledger = Due.enrolled()
    var contact = RecordDraft.new(.protectedContact, id: Identifier(9_001), in: Due.caseID)
    contact.write(Field.ProtectedContact.text, "Hemmelig Allé 7")
    ledger.write(contact)
    #expect(found("hemmelig", in: ledger).isEmpty)
    ledger.write(note(9_002, "hemmelig gave"))
    #expect(found("hemmelig", in: ledger) == [9_002], "the same search finds what is not protected")
  }

  /// A field on which two disagree is found by either; an update is found under its case.
  @Test func whatNobodySettledIsFound() throws {
    var ledger = Due.enrolled()
    ledger.write(CaseWork.goal(id: Identifier(9_001), in: Due.caseID, title: "søvn", on: .on("2020-01-02")))
    let seen = try #require(ledger[Identifier(9_001)]).state.version
    for (title, author) in [("arbejde", 51), ("skole", 52)] as [(String, UInt64)] {
      var change = RecordDraft.change(try #require(ledger[Identifier(9_001)]))
      change.write(Field.Goal.title, title)
      ledger.write(change, by: Identifier(author), seen: seen)
    }
    #expect(found("arbejde", in: ledger) == [9_001] && found("skole", in: ledger) == [9_001])
    ledger.write(
      CaseWork.externalUpdate(
        id: Identifier(9_002), alias: Identifier(100_300), text: "ganghjælp", urgency: "soon",
        on: .on("2020-02-01")))
    let hit = try #require(CaseSearch(["ganghjælp"]).hits(in: CaseStock(records: ledger.all)).first)
    #expect(hit.caseID == Due.caseID && hit.record.id == Identifier(9_002))
  }

  @Test func theSnippetShowsWhatWasFound() throws {
    var ledger = Due.enrolled()
    let long = String(repeating: "ord og å\u{30a} ", count: 60)
    ledger.write(note(9_001, long + "nålen\ni høet " + long))
    let hit = try #require(CaseSearch(["nalen"]).hits(in: CaseStock(records: ledger.all)).first)
    #expect(hit.snippet.contains("nålen i høet") && hit.snippet.hasPrefix("…") && hit.snippet.hasSuffix("…"))
    #expect(hit.snippet.count <= 92 && hit.field == Field.Note.text)
    ledger.write(note(9_002, "kort"))
    #expect(CaseSearch(["kort"]).hits(in: CaseStock(records: ledger.all)).first?.snippet == "kort")
  }

  /// Against the plainest way to say it, by seed: letters of every sort, cut anywhere.
  @Test func foldingIsOneLetterAfterTheOther() {
    let alphabet = [
      ("a", "a"), ("A", "a"), ("å", "a"), ("a\u{30a}", "a"), ("Å", "a"), ("æ", "ae"), ("ø", "o"), ("o", "o"),
      ("é", "e"), ("e\u{301}", "e"), ("E", "e"), (" ", " "), (".", "."), ("b", "b"), ("ß", "ss"), ("ж", "ж"),
    ]
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let letters = (0..<random.below(20)).map { _ in random.pick(alphabet) }
      var expected = ""
      for letter in letters.map(\.1).joined() where !(letter == "a" && expected.last == "a") {
        expected.append(letter)
      }
      #expect(FoldedText(letters.map(\.0).joined()).bytes == Array(expected.utf8), "seed \(seed)")
    }
  }

  /// Printed for whoever asks how long it takes; nothing is asserted of the time.
  @Test func aThousandCases() {
    var random = SplitMix64(seed: 1)
    let words = ["barnet", "sover", "godt", "møde", "på", "sygehuset", "astma", "året", "hjælp", "familien"]
    var records: [CaseRecord] = []
    for number in 1...1_000 as ClosedRange<UInt64> {
      var ledger = Ledger()
      Due.add(Identifier(number), on: "2019-01-10", to: &ledger)
      for place in 1...24 as ClosedRange<UInt64> {
        let text = (0..<40).map { _ in random.pick(words) }.joined(separator: " ")
        ledger.write(
          CaseWork.contact(
            id: Identifier(number * 1_000 + 700 + place), in: Identifier(number), form: "visit", by: nil,
            text: place == 7 ? text + " ganghjælp" : text, on: .on("2019-06-01")))
      }
      records += ledger.all
    }
    let stock = CaseStock(records: records)
    var count = 0
    let time = ContinuousClock().measure {
      count = CaseSearch(["ganghjælp", "astma"]).hits(in: stock).count
    }
    #expect(count > 900)
    print("search of 1,000 cases (\(records.count) records, about 6 MB): \(time), \(count) hits")
  }
}
