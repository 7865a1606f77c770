import CaseModel
import Testing

@Suite struct CaseloadParsingTests {
  @Test func theShippedCaseloadIsRead() throws {
    let file = Caseload.parse(try Caseload.shipped)
    #expect(file.events.count == 522)
    #expect(file.errors.isEmpty)
    #expect(file.notices.isEmpty)
  }

  @Test(
    arguments: [
      ("{", .notJSON), ("nonsense", .notJSON), ("{} {}", .notJSON), ("[]", .notAnObject), ("7", .notAnObject),
      ("null", .notAnObject), (#""text""#, .notAnObject), ("{}", .missing(key: "event")),
      (#"{"event": 7}"#, .wrongType(key: "event", expected: "text")),
      (#"{"event": "offered", "family": "F"}"#, .missing(key: "date")),
      (#"{"event": "offered", "date": "2020-01-01"}"#, .missing(key: "family")),
      (#"{"event": "offered", "date": 20200101, "family": "F"}"#, .wrongType(key: "date", expected: "text")),
      (#"{"event": "offered", "date": "1 May", "family": "F"}"#, .badDay(key: "date", .malformed)),
      (#"{"event": "offered", "date": "2020-02-30", "family": "F"}"#, .badDay(key: "date", .noSuchDay)),
      (#"{"event": "offered", "date": "1066-10-14", "family": "F"}"#, .badDay(key: "date", .outOfRange)),
      (
        #"{"event": "enrolled", "date": "2020-01-01", "family": "F", "children": "a"}"#,
        .wrongType(key: "children", expected: "a list")
      ),
      (
        #"{"event": "enrolled", "date": "2020-01-01", "family": "F", "children": [1]}"#,
        .wrongType(key: "children", expected: "a list of texts")
      ),
      (
        #"{"event": "inquiry", "date": "2020-01-01", "family": "F", "children": [{"born": "2019-01-01"}]}"#,
        .missing(key: "children.child")
      ),
      (
        #"{"event":"inquiry","date":"2020-01-01","family":"F","children":[{"child":"a","born":"x"}]}"#,
        .badDay(key: "children.born", .malformed)
      ),
      (
        #"{"event": "plan_agreed", "date": "2020-01-01", "family": "F", "version": 1.5}"#,
        .wrongType(key: "version", expected: "a whole number")
      ),
      (
        #"{"event": "plan_agreed", "date": "2020-01-01", "family": "F", "version": 99999999999999999999999}"#,
        .wrongType(key: "version", expected: "a whole number")
      ),
      (
        #"{"event": "eligibility", "date": "2020-01-01", "family": "F", "several_laws": 1}"#,
        .wrongType(key: "several_laws", expected: "true or false")
      ),
    ] as [(String, CaseloadError.Cause)])
  func aMalformedLineIsNamed(_ line: String, _ cause: CaseloadError.Cause) {
    let good = #"{"event": "offered", "date": "2020-01-01", "family": "F"}"#
    let file = Caseload.parse("\(good)\n\n\(line)\n\(good)\n")
    #expect(file.errors.map(\.line) == [3])
    #expect(file.errors.map(\.cause) == [cause])
    #expect(file.events.map(\.line) == [1, 4])
  }

  @Test func bytesThatAreNotTextAreNamed() {
    let file = CaseloadImport.parse([0x7b, 0xff, 0x7d, 0x0a] + Array("{}".utf8))
    #expect(file.errors.map(\.cause) == [.notUTF8, .missing(key: "event")])
  }

  @Test func longLinesAndDeepNestingAreRefused() {
    let long = #"{"event": ""# + String(repeating: "a", count: CaseloadImport.lineBytesMax) + #""}"#
    #expect(Caseload.parse(long).errors.map(\.cause) == [.lineTooLong])
    let deep = String(repeating: "[", count: 60_000)
    #expect(Caseload.parse(deep).errors.map(\.cause) == [.notJSON])
    let closed = String(repeating: "[", count: 30_000) + String(repeating: "]", count: 30_000)
    #expect(Caseload.parse(closed).errors.count == 1)
  }

  @Test func whatIsUnknownIsReportedAndTheRestRead() {
    let file = Caseload.parse(
      """
      {"event": "sang_a_song", "date": "2020-01-01", "family": "F"}
      {"event": "offered", "date": "2020-01-01", "family": "F", "mood": "good", "by": {"x": [1.5, null]}}
      {"event": "inquiry", "date": "2020-01-01", "family": "F", "children": [{"child": "a", "eyes": "blue"}]}
      """)
    #expect(file.errors.isEmpty)
    #expect(
      file.notices.map(\.cause) == [
        .unknownEvent("sang_a_song"), .unknownKeys(["by", "mood"]), .unknownKeys(["children.eyes"]),
      ])
    #expect(file.events.map(\.line) == [2, 3])
  }

  @Test func spacingAndOrderOfMembersNameTheSameLine() {
    let lines = [
      #"{"event": "offered", "date": "2020-01-01", "family": "Fæ\"\u00e5"}"#,
      #"{"family":"F\u00e6\"å"   ,"date":"2020-01-01","event":"offered"}"#,
    ]
    let windows = Caseload.parse("\u{feff}" + lines.joined(separator: "\r\n") + "\r\n")
    #expect(windows.errors.isEmpty)
    #expect(Set(windows.events.map(\.canonical)).count == 1)
  }

  /// Whatever the bytes, parsing ends with events and errors.
  @Test func damagedFilesNeverTrap() throws {
    let bytes = Array(try Caseload.shipped.utf8.prefix(6_000))
    for seed in 0..<60 {
      var random = SplitMix64(seed: UInt64(seed))
      var damaged = bytes
      for _ in 0..<20 { damaged[random.below(damaged.count)] = UInt8.random(in: 0...255, using: &random) }
      let file = CaseloadImport.parse(damaged)
      _ = CaseloadImport.plan(file.events, importer: .init(1), as: .leader, identify: { .hash($0) })
    }
  }
}
