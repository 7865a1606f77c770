import Foundation
import Testing

/// The tests that a page names: a link whose text is a test's function, or its suite, in backticks, and
/// whose target is the file.
enum NamedTests {
  /// The names with their files, relative to the page's folder.
  static func names(in text: String) -> [(name: String, path: String)] {
    text.matches(of: #/\[`(?<name>[A-Za-z0-9]+)`\]\(\s*(?<path>[^()\s]+\.swift)\s*\)/#)
      .map { (String($0.output.name), String($0.output.path)) }
  }

  /// Whether a file has a test of that name: a function that is one, or a type that holds some.
  static func stands(_ name: String, in source: String) -> Bool {
    if source.contains("@Suite struct \(name) ") { return true }
    guard let place = source.range(of: "func \(name)(") else { return false }
    // What makes it a test stands right before it, perhaps with arguments on lines of their own.
    let before = source[..<place.lowerBound]
    guard let mark = before.range(of: "@Test", options: .backwards) else { return false }
    return !before[mark.upperBound...].contains("func ")
  }
}

/// What the pages say is shown by tests is shown by tests that are there.
@Suite struct NamedTestTests {
  private static let page = "Deploy/THREAT_MODEL.md"

  @Test func eachTestThatThePageOfThreatsNamesIsThere() throws {
    let text = try String(contentsOf: Repository.url(Self.page), encoding: .utf8)
    let named = NamedTests.names(in: text)
    #expect(named.count > 60)
    for (name, path) in named {
      let file = MarkdownLinks.resolve(path, from: ["Deploy"])
      let source = try file.map { try String(contentsOf: Repository.url($0), encoding: .utf8) }
      #expect(source.map { NamedTests.stands(name, in: $0) } == true, "\(name) is not in \(path)")
    }
  }

  /// Every threat has an answer that is shown, or says that it has none.
  @Test func eachThreatIsShownOrSaysThatItIsNot() throws {
    let text = try String(contentsOf: Repository.url(Self.page), encoding: .utf8)
    let sections = text.components(separatedBy: "\n### ").dropFirst()
    #expect(sections.count >= 20)
    for section in sections {
      let title = section.prefix { $0 != "\n" }
      #expect(section.contains("*Shown by*") || section.contains("*Not there:*"), "\(title)")
    }
  }

  @Test(arguments: [
    ("@Test func a() {}", true), ("@Test(arguments: [\n  1\n])\nfunc a(x: Int) {}", true),
    ("func a() {}", false), ("@Test func b() {}\nfunc a() {}", false), ("@Suite struct a {\n}", true),
  ])
  func onlyTestsAreTests(source: String, isTest: Bool) {
    #expect(NamedTests.stands("a", in: source) == isTest)
  }
}
