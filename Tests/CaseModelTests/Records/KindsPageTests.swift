import CRDT
import CaseModel
import Foundation
import Testing

/// `Protocol/kinds.md` says what the tables of the code say: another program has nothing else to go by.
///
/// The tables of the page are written anew by
///
///     KOS_WRITE_KINDS=1 swift test --filter KindsPageTests
@Suite struct KindsPageTests {
  private static let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Protocol/kinds.md")
  private static let begin = "<!-- written by KindsPageTests -->\n"

  @Test func thePageHoldsTheTables() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let parts = text.split(separator: Self.begin, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    if ProcessInfo.processInfo.environment["KOS_WRITE_KINDS"] != nil {
      try Data((parts[0] + Self.begin + Self.tables).utf8).write(to: Self.page)
    } else {
      #expect(String(parts[1]) == Self.tables)
    }
  }

  private static var tables: String {
    var lines = ["", "| number | kind | home | milestone | governed |", "|---|---|---|---|---|"]
    for definition in RecordKind.definitions {
      let milestone = definition.isMilestone ? "yes" : ""
      let governed = definition.isGoverned ? "yes" : ""
      lines.append(
        "| \(definition.kind.rawValue) | \(definition.name) | \(name(of: definition.home)) | \(milestone) "
          + "| \(governed) |")
    }
    lines += ["", "| number | information type |", "|---|---|"]
    lines += InformationType.names.map { "| \($0.type.rawValue) | \($0.name) |" }
    for definition in RecordKind.definitions {
      lines += ["", "## \(definition.kind.rawValue) \(definition.name)", ""]
      lines += ["| field | name | kind of field | values |", "|---|---|---|---|"]
      lines += definition.fields.map {
        "| \($0.id.rawValue) | \($0.name) | \(name(of: $0.kind)) | \(name(of: $0.valueType)) |"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func name(of home: RecordKind.Home) -> String {
    switch home {
    case .register: "register"
    case .caseFile: "case"
    case .alias: "alias"
    }
  }

  private static func name(of kind: FieldKind) -> String {
    switch kind {
    case .register: "register"
    case .set: "set"
    case .text: "text"
    case .rank: "rank"
    case .arbitrated: "arbitrated"
    default: "kind \(kind.rawValue)"
    }
  }

  private static func name(of type: FieldDefinition.ValueType) -> String {
    switch type {
    case .text, .label, .code: "text (\(type))"
    case .day: "integer (day)"
    case .integer: "integer"
    case .boolean: "boolean"
    case .identifier: "identifier"
    case .bytes: "bytes"
    }
  }
}
