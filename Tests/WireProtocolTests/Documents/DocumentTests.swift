import Testing

@testable import WireProtocol

/// The tables of the normative documents say what the code does.
@Suite struct DocumentTests {
  /// The cells of a document's table rows, without the backquotes.
  private static func rows(of document: String) throws -> [[String]] {
    try Repository.document(document).split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
        $0.replacing("`", with: "").trimmingPrefix { $0 == " " }.description.trimmed
      }
    }
  }

  @Test func errors() throws {
    let rows = try Self.rows(of: "Protocol/errors.md").filter { UInt32($0[0]) != nil }
    #expect(rows.count == ErrorCode.all.count)
    for (row, entry) in zip(rows, ErrorCode.all) {
      #expect(row[0] == String(entry.code.rawValue))
      #expect(row[1] == entry.name)
      #expect(row[2].hasPrefix(entry.endsSession ? "ends the session" : "refuses"), "\(entry.name)")
      #expect(row.count == 6 && !row.contains(""), "\(entry.name)")
    }
  }

  @Test func codesAreDistinct() {
    #expect(Set(ErrorCode.all.map(\.code)).count == ErrorCode.all.count)
    #expect(Set(ErrorCode.all.map(\.name)).count == ErrorCode.all.count)
    for entry in ErrorCode.all { #expect(entry.code.name == entry.name) }
    #expect(ErrorCode(rawValue: 999).name == "CODE_999")
  }

  @Test func limits() throws {
    let rows = try Self.rows(of: "Protocol/limits.md").filter { $0.count > 1 && UInt64($0[1].digits) != nil }
    #expect(rows.count == Limits.all.count)
    for (row, limit) in zip(rows, Limits.all) {
      #expect(row[0] == limit.name)
      #expect(UInt64(row[1].digits) == limit.value, "\(limit.name)")
      #expect(row.count == 5 && !row.contains(""), "\(limit.name)")
    }
  }

  /// The README tells every context of a signature. That it tells every message is seen from the schemas, in
  /// `RepositoryTests`.
  @Test func contexts() throws {
    let readme = try Repository.document("Protocol/README.md")
    for context in SignatureContext.allCases {
      #expect(readme.contains("| `\(context.rawValue)` |"), "\(context)")
    }
    #expect(readme.contains("`\(Limits.subprotocol)`"))
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Digits that spaces or commas part into groups.
  fileprivate var digits: String { filter { $0 != "," && $0 != " " } }
}
