import Foundation
import Testing

/// The data protection officer reads all of both logs, with real programs.
@Suite(.serialized) struct LogAuditCommandTests {
  /// A case that Karin and Poul work on, and Dorte who looks after data protection.
  private func ground() async throws -> (place: Municipality, note: String) {
    let place = try await Municipality.atWork()
    try await place.colleague("dorte", "data-protection-officer", "Dorte")
    let note = try await place.done("karin", "note", "add", "F01", "--text", "KANARIFUGL", "--json")
      .text("record")
    for who in ["karin", "poul"] { try await place.done(who, "sync") }
    try await place.done("poul", "note", "show", "F01", note)
    try await place.done("poul", "sync")
    try await sign(place)
    try await place.done("dorte", "sync")
    return (place, note)
  }

  /// The server signs whenever it begins.
  private func sign(_ place: Municipality) async throws {
    await place.stopServer()
    try await place.serveAgain()
  }

  private func alter(_ statements: String..., at place: Municipality) async throws {
    await place.stopServer()
    let program =
      "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); "
      + "[db.execute(s) for s in sys.argv[2:]]; db.commit()"
    let answer = try await place.run(
      "/usr/bin/python3", ["-c", program, place.folder + "/tenant/tenant.db"] + statements)
    try #require(answer.exit == 0, "\(answer)")
    try await place.serveAgain()
  }

  @Test func allOfItIsReadAndShown() async throws {
    let (place, note) = try await ground()
    let told = try await place.kos("dorte", "knowing-log", "audit", "--json")
    #expect(told.exit == 0 && !told.output.contains("KANARIFUGL"), "\(told)")
    let rows = try told.objects.filter { $0["place"] != nil }
    let opened = rows.filter { $0["act"] == .string("opened") && $0["name"] == .string("Poul") }
    #expect(opened.first?["purpose"] == .string("coordination"), "\(rows)")
    #expect(opened.first?["record"] == .string(note) && opened.first?["log"] == .string("opened"))
    #expect(rows.contains { $0["act"] == .string("entered") && $0["rule"] == .string("participant") })
    let logs = try told.objects.filter { $0["rows"] != nil }
    #expect(logs.map { $0["log"] } == [.string("delivered"), .string("opened")])
    for log in logs {
      #expect(log["faults"] == .array([]) && log["proven"] == log["rows"] && log["rows"]?.integer != 0)
      #expect(log["read"] == log["rows"])
      #expect(log["checkpoints"]?.integer ?? 0 > 0 && log["padding"]?.integer ?? 0 > 0)
    }

    // What is shown is chosen, and all is read.
    let karins = try await place.done("dorte", "knowing-log", "audit", "--person", "Poul", "--json").objects
    let names = Set(karins.filter { $0["place"] != nil }.map { $0["name"]?.string })
    #expect(names == ["Poul"] && karins.filter { $0["rows"] != nil } == logs)
    let later = try await place.done("dorte", "knowing-log", "audit", "--since", "tomorrow", "--json")
    #expect(try later.objects == logs)
    let table = try await place.kos("dorte", "knowing-log", "audit", language: "da")
    #expect(table.exit == 0 && table.output.contains("hvornår"), "\(table)")
    #expect(table.output.contains("åbnede") && table.output.contains(note.prefix(8)))

    // Nobody else is told anything.
    for who in ["lene", "karin", "poul"] {
      let refused = try await place.kos(who, "knowing-log", "audit", "--json")
      #expect(refused.exit == 3 && refused.output.isEmpty, "\(refused)")
    }
    await place.stopServer()
    #expect(try await place.kos("dorte", "knowing-log", "audit").exit == 5)
    await place.close()
  }

  /// A server that keeps one of the logs to itself does not pass for one whose logs hold.
  @Test func aLogThatTheServerDoesNotShowIsNamed() async throws {
    let (place, _) = try await ground()
    // Whatever it signs of the log of what was opened is gone at once.
    try await alter(
      "CREATE TRIGGER hidden AFTER INSERT ON knowing_checkpoint WHEN NEW.log = 2 "
        + "BEGIN DELETE FROM knowing_checkpoint WHERE log = 2; END",
      "DELETE FROM knowing_checkpoint WHERE log = 2", at: place)
    let told = try await place.kos("dorte", "knowing-log", "audit", "--json")
    #expect(told.exit == 3, "\(told)")
    let logs = try told.objects.filter { $0["faults"] != nil }
    #expect(logs.map { $0["log"] } == [.string("delivered"), .string("opened")], "\(told)")
    #expect(logs.first?["faults"] == .array([]) && logs.last?["rows"] == .null)
    #expect(logs.last?["faults"]?.array?.first?["fault"] == .string("not_shown"), "\(told)")
    let danish = try await place.kos("dorte", "knowing-log", "audit", language: "da")
    #expect(danish.exit == 3 && danish.error.contains("serveren viser den ikke"), "\(danish)")
    await place.close()
  }

  @Test func aRowThatWasAlteredIsNamed() async throws {
    let (place, _) = try await ground()
    try await alter(
      "UPDATE knowing_row SET recorded_at = recorded_at + 86400000 WHERE log = 1 AND place = 3", at: place)
    let edited = try await place.kos("dorte", "knowing-log", "audit", "--json")
    #expect(edited.exit == 3, "\(edited)")
    let delivered = try #require(try edited.objects.first { $0["rows"] != nil })
    let fault = try #require(delivered["faults"]?.array?.first)
    #expect(fault["fault"] == .string("altered_row") && fault["first"] == .integer(3), "\(edited)")
    #expect(delivered["proven"] == .integer(3) && delivered["read"] == delivered["rows"], "\(edited)")
    try await alter(
      "UPDATE knowing_row SET recorded_at = recorded_at - 86400000 WHERE log = 1 AND place = 3", at: place)
    #expect(try await place.kos("dorte", "knowing-log", "audit").exit == 0)

    // A row that is gone: the server still has the tree above it.
    try await alter("DELETE FROM knowing_row WHERE log = 1 AND place = 5", at: place)
    let removed = try await place.kos("dorte", "knowing-log", "audit", language: "da")
    #expect(removed.exit == 3 && removed.error.contains("plads 5 til 5"), "\(removed)")
    await place.close()
  }
}
