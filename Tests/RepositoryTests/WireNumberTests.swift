import Foundation
import Testing

/// The schemas under `Protocol/kos` keep their numbers (`Protocol/README.md` section 14).
@Suite struct WireNumberTests {
  private static let list = "Protocol/wire-numbers.txt"

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.url(path), encoding: .utf8)
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  private func schemas() throws -> [WireNumber] {
    let paths = Repository.trackedPaths.filter { $0.hasPrefix("Protocol/kos/") && $0.hasSuffix(".proto") }
    try #require(paths.count >= 4, "the schemas are found")
    return try paths.flatMap { try SchemaReader.numbers(in: text($0)) } + rows()
  }

  /// The messages that the page on the logs of knowing has itself, since nothing is generated from them.
  private func rows() throws -> [WireNumber] {
    let block = try text("Protocol/knowing.md").split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.hasPrefix("    message ") }.prefix { $0.hasPrefix("    ") }
    try #require(block.count > 10, "the messages are found")
    return try SchemaReader.numbers(in: "package kos.sync.v1;\n" + block.joined(separator: "\n"))
  }

  @Test func everyNumberIsWhatItWas() throws {
    let findings = WireNumberRules.findings(list: lines(try text(Self.list)), schemas: try schemas())
    for finding in findings { Issue.record("\(Self.list): \(finding). See CONTRIBUTING.md") }
  }

  /// Every message that a side may send stands in the table of section 4, and no other.
  @Test func theReadmeTellsOfEachMessage() throws {
    let readme = try text("Protocol/README.md")
    for side in ["Client", "Server"] {
      let sent = try schemas().filter { $0.owner == "kos.sync.v1.\(side)Message" && $0.name != nil }
        .compactMap { $0.kind.split(separator: " ").first.map(String.init) }
      #expect(sent.count > 20)
      let told = readme.split(separator: "\n").compactMap { line in
        line.prefixMatch(of: /\| `(\w+)` \| (client|server) \|/).map { (String($0.1), String($0.2)) }
      }.filter { $0.1 == side.lowercased() }.map(\.0)
      #expect(Set(told) == Set(sent), "what the \(side.lowercased()) sends")
      #expect(told.count == sent.count, "what the \(side.lowercased()) sends, each once")
    }
  }

  // MARK: What the rules find

  private static let schema = """
    // A schema.
    syntax = "proto3";
    package kos.test;
    import "kos/other.proto";
    option swift_prefix = "Test";
    message One {
      reserved 3, 7 to 8;
      bytes a = 1;  // 16 bytes; b = 9;
      repeated kos.other.Two b = 2;
      oneof body {
        Two two = 4;
      }
      optional uint64 c = 5;
    }
    enum Kind {
      KIND_NONE = 0;
      KIND_SOME = 1;
    }
    """

  private static let numbers = """
    kos.test.One reserved 3
    kos.test.One reserved 7
    kos.test.One reserved 8
    kos.test.One.a = 1 bytes
    kos.test.One.b = 2 repeated kos.other.Two
    kos.test.One.two = 4 Two oneof body
    kos.test.One.c = 5 optional uint64
    kos.test.Kind.KIND_NONE = 0
    kos.test.Kind.KIND_SOME = 1
    """

  @Test func aSchemaIsRead() throws {
    let read = try SchemaReader.numbers(in: Self.schema)
    #expect(read.map(\.description) == lines(Self.numbers))
    #expect(lines(Self.numbers).compactMap(WireNumber.init(line:)) == read)
    #expect(WireNumberRules.findings(list: lines(Self.numbers), schemas: read).isEmpty)
  }

  @Test(
    arguments: [
      ("bytes a = 1", "bytes a = 6"), ("bytes a = 1", "string a = 1"), ("bytes a = 1", "bytes other = 1"),
      ("bytes a = 1", "repeated bytes a = 1"), ("optional uint64", "uint64"),
      ("KIND_SOME = 1", "KIND_SOME = 2"),
      ("  bytes a = 1;", ""), ("reserved 3, 7 to 8", "reserved 3, 7"),
      ("bytes a = 1;", "bytes a = 1; bytes d = 6;"), ("reserved 3, 7 to 8;", "bytes e = 3; reserved 7 to 8;"),
    ])
  func aChangeIsFound(from: String, to: String) throws {
    let changed = try SchemaReader.numbers(in: Self.schema.replacing(from, with: to))
    #expect(!WireNumberRules.findings(list: lines(Self.numbers), schemas: changed).isEmpty)
  }

  @Test func aFieldGoesWhenItsNumberIsReserved() throws {
    let gone = Self.schema.replacing("  bytes a = 1;", with: "  reserved 1;")
    let list = lines(Self.numbers) + ["kos.test.One reserved 1"]
    #expect(WireNumberRules.findings(list: list, schemas: try SchemaReader.numbers(in: gone)).isEmpty)
    // Its number does not come back for something else.
    let again = Self.schema.replacing("bytes a = 1", with: "bytes z = 1")
    let other = list.filter { !$0.hasSuffix("reserved 1") } + ["kos.test.One.z = 1 bytes"]
    #expect(!WireNumberRules.findings(list: other, schemas: try SchemaReader.numbers(in: again)).isEmpty)
  }

  @Test(arguments: [
    "service S {", "message M { map<string, string> a = 1; }",
    "message M { bytes a = 1 [deprecated = true]; }",
    "message M { reserved \"a\"; }", "message M { bytes a = 1;", "enum E { A = 0x1; }",
    "message M { bytes a; }",
  ])
  func whatIsNotUnderstoodIsAnError(text: String) {
    #expect(throws: SchemaReader.NotUnderstood.self) { try SchemaReader.numbers(in: text) }
  }
}
