import Foundation
import Testing

/// A family moves from one municipality to another, and on to a third: the case goes along each time, with
/// what was written in either, and gives rights in none before somebody there confirms them (R51).
@Suite struct MovingOnTests {
  private static let canary = "ISHOEJ-KANARIEFUGL"

  private func card(of place: Municipality) async throws -> String {
    let answer = try await place.run("kosd", ["card", "--data", "tenant", "--json"])
    try #require(answer.exit == 0, "\(answer)")
    return try answer.text("card")
  }

  /// Serves a tenant with two leaders and Karin, whom its register may know from a case that came.
  private func open(_ place: Municipality) async throws {
    let second = try await place.codeOfLeader("Bo")
    try await place.serve()
    try #require(try await place.enrol("lene", code: place.leaderCode).exit == 0)
    try #require(try await place.enrol("bo", code: second).exit == 0)
    try await place.done("lene", "sync")
    try await place.colleague("karin", "coordinator", "Karin")
    try await place.done("karin", "sync")
  }

  /// Two leaders move the case, and whoever runs the server writes the file.
  private func move(_ place: Municipality, to card: String) async throws -> String {
    try await place.done("lene", "transfer", "add", "V01", "--to", card, "--ground", "familien flytter")
    try await place.done("bo", "sync")
    try await place.done("bo", "transfer", "confirm", "--all")
    await place.stopServer()
    let file = place.file("flytning")
    let sent = try await place.run(
      "kosd", ["transfer", "send", "--data", "tenant", "--to", card, "--out", file, "--json"])
    try #require(sent.exit == 0, "\(sent)")
    return file
  }

  private func receive(
    _ file: String, from card: String, at place: Municipality, _ words: String...
  ) async throws -> JSONValue {
    let answer = try await place.run(
      "kosd", ["transfer", "receive", file, "--data", "tenant", "--from", card, "--json"] + words)
    try #require(answer.exit == 0, "\(answer)")
    return try answer.object
  }

  /// Karin reads nothing before her part is confirmed, and then all that was written before.
  private func goesOn(_ place: Municipality) async throws {
    try await open(place)
    #expect(try await place.kos("karin", "case", "show", "V01").exit == 2)
    let waiting = try await place.done("lene", "arrival", "list", "V01").output
    #expect(waiting.contains("Karin"), "\(waiting)")
    try await place.done("lene", "arrival", "confirm", "V01")
    try await place.done("karin", "sync")
  }

  private func edit(_ record: String, _ replacing: String, in place: Municipality) async throws {
    let answer = try await place.run(
      "/usr/bin/env",
      [
        "EDITOR=sed -i \(replacing)", Municipality.programs + "/kos", "note", "edit", "V01", record,
      ], home: place.home("karin"))
    try #require(answer.exit == 0, "\(answer)")
  }

  @Test func aCaseMovesTwice() async throws {
    let first = try await Municipality.unserved()
    try await open(first)
    try await first.done("lene", "case", "new", "--label", "V01", "--child", "Anna:2018-05-01")
    try await first.done("lene", "case", "allocate", "V01", "--coordinator", "Karin")
    try await first.done("karin", "sync")
    let note = try await first.done("karin", "note", "add", "V01", "--text", Self.canary, "--json")
    let record = try note.text("record")

    let second = try await Municipality.unserved(named: "Vallensbæk")
    let third = try await Municipality.unserved(named: "Greve")
    let cards = (try await card(of: second), try await card(of: third))
    let away = try await move(first, to: cards.0)
    let firstCard = try await card(of: first)
    _ = try await receive(away, from: firstCard, at: second)

    try await goesOn(second)
    try await edit(record, "s/KANARIEFUGL/KANARIEFUGL-og-mere/", in: second)
    try await second.done("karin", "note", "add", "V01", "--text", "skrevet i Vallensbæk")
    // It does not come back to where it was.
    let back = try await second.kos(
      "lene", "transfer", "add", "V01", "--to", firstCard, "--ground", "tilbage")
    #expect(back.exit == 2 && back.error.contains("was at"), "\(back)")
    let on = try await move(second, to: cards.1)
    let secondCard = try await card(of: second)

    let look = try await receive(on, from: secondCard, at: third, "--dry-run")
    let taken = try await receive(on, from: secondCard, at: third)
    #expect(look["saved"] == .boolean(false) && taken["saved"] == .boolean(true), "\(look) \(taken)")
    #expect(look["new_changes"] == taken["new_changes"] && taken["new_changes"] == taken["changes"])
    #expect(taken["through"]?.array?.count == 1, "\(taken)")
    #expect(try await receive(on, from: secondCard, at: third)["new_changes"] == .integer(0))
    #expect(try await third.run("kosd", ["verify", "--data", "tenant"]).exit == 0)

    try await goesOn(third)
    let notes = try await third.done("karin", "note", "list", "V01").output
    #expect(notes.contains(Self.canary + "-og-mere") && notes.contains("skrevet i Vallensbæk"), "\(notes)")
    // Its history goes back to the first, through chains that start in each of them.
    let history = try await third.done("karin", "explain", record)
    #expect(history.output.contains("Karin"), "\(history)")
    try await third.done("karin", "note", "add", "V01", "--text", "den første dag i Greve")
    for place in [first, second, third] { await place.close() }
  }
}
