import Foundation
import Testing

/// `Protocol/requirements.md` names for each requirement what one types and the test that shows it.
@Suite struct RequirementsPageTests {
  private struct Row {
    let requirement: String
    let command: String
    let test: String
  }

  private func rows() throws -> [Row] {
    try text("Protocol/requirements.md").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4, cells[0].hasPrefix("R") else { return nil }
      return Row(requirement: cells[0], command: cells[2], test: cells[3])
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.url(path), encoding: .utf8)
  }

  @Test func noRequirementIsMissing() throws {
    #expect(try rows().map(\.requirement) == (1...75).map { "R\($0)" })
  }

  /// Every command that the table types is one, by the list that the help is held to.
  @Test func everyCommandIsThere() throws {
    let help = try text("Tests/CommandLineTests/HelpTests.swift")
    let commands = help.matches(of: /"([a-z][a-z -]+)",/).map { String($0.1) }
    for row in try rows() {
      let typed = row.command.matches(of: /`([^`]+)`/).map { String($0.1) }
      #expect(!typed.isEmpty, "\(row.requirement)")
      for words in typed where !words.hasPrefix("kosd") {
        let isKnown = commands.contains { words == $0 || words.hasPrefix($0 + " ") }
        #expect(isKnown, "\(row.requirement): \(words)")
      }
    }
  }

  @Test func everyTestIsThere() throws {
    var tests: Set<String> = []
    for file in Repository.swift where file.path.hasSuffix("Tests.swift") {
      let text = file.text
      let suites = text.matches(of: /(?:struct|extension) (\w+Tests)\b/).map { String($0.1) }
      let functions = text.matches(of: /func (\w+)\(/).map { String($0.1) }
      for suite in suites { tests.formUnion(functions.map { "`\(suite)/\($0)`" }) }
    }
    for row in try rows() { #expect(tests.contains(row.test), "\(row.requirement): \(row.test)") }
  }
}
