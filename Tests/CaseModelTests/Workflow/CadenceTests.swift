import CaseModel
import Testing

@Suite struct CadenceTests {
  @Test(arguments: [
    ("14 days", "2020-02-20", "2020-03-05"), ("1 day", "2020-02-28", "2020-02-29"),
    ("2 weeks", "2020-02-20", "2020-03-05"), ("1 month", "2020-01-31", "2020-02-29"),
    ("3 months", "2019-11-30", "2020-02-29"), ("366 months", "2199-12-31", "2199-12-31"),
  ])
  func theLastDayInTime(text: String, last: String, due: String) throws {
    let cadence = try #require(Cadence(text))
    #expect(cadence.due(after: .on(last)) == .on(due))
    #expect(Cadence(cadence.description) == cadence)
  }

  @Test(arguments: [
    "", "14", "days", "-1 days", "0 days", "1 years", "1  month s", "99999999999999999999 days", "60 weeks",
  ])
  func otherTextsAreNoCadence(text: String) {
    #expect(Cadence(text) == nil)
  }
}
