import CRDT
import CaseModel
import Testing

/// What a family may be called, and how its case is found by it.
@Suite struct CaseLabelTests {
  private func heads(_ labels: [String]) -> [CaseRecord] {
    var ledger = Ledger()
    for (number, label) in labels.enumerated() {
      let drafts = CaseWork.open(
        case: Identifier(UInt64(number)), label: label, on: .on("2020-01-01"), creator: Identifier(900),
        as: .leader, identify: { _ in Identifier(UInt64(1_000 + number)) })
      ledger.write(drafts)
    }
    return ledger.all.filter { $0.kind == .case }
  }

  private func found(_ word: String, in labels: [String]) -> [UInt64] {
    CaseLabel.heads(called: word, among: heads(labels)).map(\.id.low)
  }

  /// In capitals or not, in either normal form, and as search folds it where nothing is closer.
  @Test(arguments: ["Grå", "grå", "GRÅ", "gra\u{30a}", "GRA\u{30A}", " grå", "Graa", "gra"])
  func aLabelIsFoundHoweverItIsTyped(word: String) {
    #expect(found(word, in: ["Sort", "Grå"]) == [1])
    #expect(found(word, in: ["Sort", "Hvid"]).isEmpty)
    #expect(found(word, in: ["GRå", "grÅ"]) == [0, 1])
  }

  /// What is closer wins: no family hides another one.
  @Test func theClosestIsMeant() {
    #expect(found("møller", in: ["Møller", "Moller"]) == [0])
    #expect(found("moller", in: ["Møller", "Moller"]) == [1])
    #expect(found("Moller", in: ["Møller", "Mœller"]) == [0])
    #expect(found("", in: ["Møller"]).isEmpty && found("\u{301}", in: ["Møller"]).isEmpty)
  }

  @Test func whatNoCaseIsCalled() {
    let heads = heads(["Grå", "F01"])
    let flaws: [(String, CaseLabel.Flaw?)] = [
      ("Grå", .taken), ("GRA\u{30A}", .taken), (" f01 ", .taken), ("Gra", nil), ("F02", nil),
      ("12", .onlyDigits), (" 1 2 ", .onlyDigits), ("１２", .onlyDigits), ("12a", nil),
      ("a\nb", .unprintable), ("a\u{1B}b", .unprintable), ("a\u{2028}b", .unprintable),
      ("a\u{202E}b", .unprintable), ("👩‍👧 Åse", nil), (String(repeating: "å", count: 60), nil),
      (String(repeating: "å", count: 61), .tooLong), (" ", nil),
    ]
    for (label, flaw) in flaws {
      #expect(CaseLabel.flaw(of: label, among: heads) == flaw, "\(label.unicodeScalars.map(\.value))")
    }
  }
}
