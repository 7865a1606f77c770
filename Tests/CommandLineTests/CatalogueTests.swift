import Foundation
import Testing

/// The catalogue of strings is complete for what a server may answer.
@Suite struct CatalogueTests {
  @Test func everyErrorCodeHasAName() throws {
    let table = try text("Protocol/errors.md")
    let names = table.split(separator: "\n").compactMap { line -> String? in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count > 2, Int(cells[0]) != nil else { return nil }
      return cells[1].trimmingCharacters(in: ["`"])
    }
    #expect(names.count > 20)
    let catalogue = try text("Sources/kos/Strings/CodeNames.swift")
    for name in names { #expect(catalogue.contains("\"\(name)\": Phrase("), "\(name)") }
  }

  /// And for what a connection may fail with; a client never listens.
  @Test func everyReasonHasAName() throws {
    let path = "Sources/WebSocketTransport/Values/TransportError.swift"
    let catalogue = try text("Sources/kos/Strings/CodeNames.swift")
    let cases = try text(path).split(separator: "\n").filter { $0.hasPrefix("    case ") }
      .map { String($0.dropFirst("    case ".count)) }
    #expect(cases.count > 5)
    for name in cases where name != "cannotListen" {
      #expect(catalogue.contains("\"\(name)\": Phrase("), "\(name)")
    }
  }

  /// And for every rule of the access policy, with words and not only its code.
  @Test func everyRuleHasWords() throws {
    let rules = try text("Sources/CaseModel/Access/AccessRule.swift").matches(of: /rawValue: "([a-z-]+)"/)
    #expect(rules.count > 40)
    let catalogue = try text("Sources/kos/Strings/CodeNames+Rules.swift")
    for rule in rules { #expect(catalogue.contains("\"\(rule.1)\": Phrase("), "\(rule.1)") }
  }

  private func names() throws -> String {
    try ["CodeNames", "CodeNames+Access", "CodeNames+Course", "CodeNames+Measurement", "CodeNames+Steps"]
      .map { try text("Sources/kos/Strings/\($0).swift") }.joined()
  }

  /// Every kind, every role, every information type and every standing has a name.
  @Test func everyKindAndRoleHasAName() throws {
    let catalogue = try names()
    let kinds = try text("Sources/CaseModel/Records/RecordKind+Table.swift")
      .matches(of: /(?:register|milestone|content|alias)\(\.\w+, "([a-z_]+)"/).map(\.1)
    let roles = try text("Sources/CaseModel/Access/Role.swift").matches(of: /\(\.\w+, "([a-z_]+)"\)/).map(\.1)
    let types = try text("Sources/CaseModel/Records/InformationType.swift")
      .matches(of: /\(\.\w+, "([a-z_]+)"\)/).map(\.1)
    let standings = try text("Sources/CaseModel/Views/GrantStanding.swift")
      .matches(of: /case (\w+)(?: = "([a-z_]+)")?\n/).map { $0.2 ?? $0.1 }
    #expect(kinds.count == 58 && roles.count == 9 && types.count == 9 && standings.count == 14)
    for name in kinds + roles + types + standings {
      #expect(catalogue.contains("\"\(name)\": Phrase("), "\(name)")
    }
  }

  /// What a governing record says is told field by field, by the names of its fields.
  @Test func everyFieldOfWhatGovernsHasAName() throws {
    let catalogue = try names()
    let untold: Set = ["ended", "status", "withdrawals", "cases", "evidence", "form"]
    for kind in [
      "Consent", "Ground", "Release", "Withholding", "Reclassification", "Custody", "BreakGlass", "Vouching",
      "LegalBasis", "InformationType", "AuthorityLimit", "ProtectedContact", "Erasure",
    ] {
      let fields = try text("Sources/CaseModel/Records/Fields/Field+\(kind).swift")
        .matches(of: /FieldDefinition\(\d+, "([a-z_]+)"/).map { String($0.1) }
      #expect(fields.count > 1, "\(kind)")
      for name in fields where !untold.contains(name) {
        #expect(catalogue.contains("\"\(name)\": Phrase("), "\(kind) \(name)")
      }
    }
  }

  /// And where a record is told field by field, every field: no Danish reader meets an English name.
  @Test func everyFieldHasAName() throws {
    let folder = Municipality.root + "/Sources/CaseModel/Records/Fields"
    let catalogue = try names() + text("Sources/kos/Strings/CodeNames+Fields.swift")
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let source = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for name in source.matches(of: /FieldDefinition\(\s*\d+, "([a-z_]+)"/).map({ String($0.1) }) {
        let stem = name.replacing(/_(problems|resources|notes)$/, with: "")
        #expect(catalogue.contains("\"\(stem)\": Phrase("), "\(file) \(name)")
      }
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: Municipality.root + "/" + path, encoding: .utf8)
  }
}
