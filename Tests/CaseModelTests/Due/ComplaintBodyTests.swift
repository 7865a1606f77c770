import CRDT
import CaseModel
import Testing

/// Who decides complaints about a decision, by the law that it cites and the day.
@Suite struct ComplaintBodyTests {
  private static let day = CalendarDay.on("2024-06-01")
  private static let instant = Int64(day.dayNumber) * 86_400_000

  private func body(
    _ law: String, on day: CalendarDay = Self.day, in ledger: Ledger = Ledger()
  ) -> String? {
    CaseStock(records: ledger.all).complaintBody(for: law, on: day, at: Int64(day.dayNumber) * 86_400_000)
  }

  @Test func theProgramKnowsTheLawsOfItsDay() {
    #expect(body("barnets lov § 90") == "Ankestyrelsen")
    #expect(body("Barnets lov") == "Ankestyrelsen")
    #expect(body("barnets lovsamling") == nil, "another law")
    #expect(body("barnets lov § 90", on: .on("2023-12-31")) == nil, "it was not in force")
    #expect(body("SEL § 44", on: .on("2020-01-01")) == "Ankestyrelsen")
    #expect(body("en ukendt lov") == nil && body("") == nil)
  }

  /// Of the act on the folkeskole special education alone has the body that the program knows.
  @Test func theActOnTheFolkeskoleNamesNoBodyByItself() {
    for special in [
      "folkeskoleloven § 20, stk. 2", "Folkeskolelovens § 20, stk. 2, og § 22", "folkeskoleloven § 20 stk. 2",
      "lov om folkeskolen § 3, stk. 2", "folkeskoleloven § 21, stk. 1",
      "specialundervisning efter folkeskoleloven", "specialpædagogisk bistand",
    ] {
      #expect(body(special) == "Klagenævnet for Specialundervisning", "\(special)")
    }
    for other in [
      "folkeskoleloven", "folkeskoleloven § 20", "folkeskoleloven § 20, stk. 1",
      "folkeskoleloven § 20, stk. 21",
      "folkeskoleloven § 26", "lov om folkeskolen", "specialundervisningslærere",
    ] {
      #expect(body(other) == nil, "\(other)")
    }
    #expect(body("folkeskoleloven § 20, stk. 2", on: .on("2006-12-31")) == nil)
  }

  /// Who decides complaints is said of a law that is there already, and said otherwise.
  @Test func theBodyIsSaidLater() throws {
    var ledger = Ledger()
    ledger.write(
      CaseWork.legalBasis(id: Identifier(1), code: "b", law: "folkeskoleloven", types: [.plan], daysMax: 1),
      by: Identifier(9))
    #expect(body("folkeskoleloven § 26", in: ledger) == nil)
    for name in ["Nævnet", "Et andet nævn"] {
      let basis = try #require(ledger[Identifier(1)])
      ledger.write(CaseWork.complaints(about: basis, to: name), by: Identifier(9))
      #expect(body("folkeskoleloven § 26", in: ledger) == name)
    }
  }

  @Test func theRegisterGoesFirstWhileItIsInForce() throws {
    var ledger = Ledger()
    let day = Self.day
    func basis(_ number: UInt64, _ law: String, _ body: String?, until: Int64? = nil) -> RecordDraft {
      CaseWork.legalBasis(
        id: Identifier(number), code: "b\(number)", law: law, types: [.plan], daysMax: 1, until: until,
        complaintBody: body)
    }
    ledger.write(basis(1, "barnets lov", "Nævnet"), by: Identifier(9))
    ledger.write(basis(2, "barnets lov § 90", "Særnævnet"), by: Identifier(9))
    ledger.write(basis(3, "barnets lov § 90", nil), by: Identifier(9))
    ledger.write(basis(4, "barnets lov § 91", "Gammelt", until: Self.instant), by: Identifier(9))
    #expect(body("barnets lov § 11", on: day, in: ledger) == "Nævnet")
    #expect(body("barnets lov § 90, stk. 1", on: day, in: ledger) == "Særnævnet")
    #expect(body("barnets lov § 91", on: day, in: ledger) == "Nævnet")
    let second = try #require(ledger[Identifier(2)])
    ledger.write(try #require(CaseWork.end(governing: second)), by: Identifier(9))
    #expect(body("barnets lov § 90", on: day, in: ledger) == "Nævnet")
  }
}
