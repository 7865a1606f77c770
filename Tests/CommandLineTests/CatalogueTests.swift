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

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: Municipality.root + "/" + path, encoding: .utf8)
  }
}
