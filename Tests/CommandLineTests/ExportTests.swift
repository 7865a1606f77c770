import Foundation
import Testing

/// What a citizen takes home of who had, saw and changed what.
@Suite struct ExportTests {
  /// A parent's bundle, as a coordinator writes it.
  private func export(
    _ place: Municipality, for parent: String = "Mor", _ words: String...
  ) async throws -> (
    text: String, bundle: JSONValue
  ) {
    let path = place.file("export")
    let answer = try await place.kos(
      "karin", ["export", "F01", "--for", parent, "--out", path, "--json"] + words)
    try #require(answer.exit == 0, "\(answer)")
    #expect(try answer.object["file"] == .string(path))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return (text, try JSONValue(line: text))
  }

  private func resources(_ bundle: JSONValue, _ type: String) -> [JSONValue] {
    (bundle["entry"]?.array ?? []).compactMap { $0["resource"] }.filter {
      $0["resourceType"] == .string(type)
    }
  }

  /// Whoever has a replica of the tenant sees that nothing in the file was altered or made up.
  private func holds(_ text: String, _ place: Municipality) async throws {
    func check(_ text: String) async throws -> Answer {
      let path = place.file("brought")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return try await place.kos("karin", ["knowing-log", "check", path, "--json"])
    }
    let whole = try await check(text)
    #expect(whole.exit == 0, "\(whole)")
    #expect(try whole.object["events"]?.integer ?? 0 > 0 && whole.object["findings"] == .array([]))
    for (part, code) in [
      (#""url":"index","valueInteger64":""#, "unproven"),
      (#""url":"row","valueBase64Binary":"C"#, "unproven"), (#""contentType":"application/"#, "unproven"),
      (#"log-checkpoint-signature","valueBase64Binary":""#, "bad_signature"),
    ] {
      #expect(text.contains(part), "\(part)")
      let altered = try await check(text.replacingOccurrences(of: part, with: part + "1"))
      #expect(altered.exit == 3 && altered.output.contains(code), "\(part): \(altered)")
    }
    let other = try await check("{}")
    #expect(other.exit == 2, "\(other)")
    let shown = try await place.done("karin", "knowing-log", "show", "--json").objects
    #expect(shown.map { $0["log"] } == [.string("delivered"), .string("opened")])
    #expect(shown.allSatisfy { $0["checkpoint"]?["size"]?.integer ?? 0 > 0 && $0["finding"] == .null })
    let accepted = try await place.kos("karin", ["knowing-log", "accept", "delivered"])
    #expect(accepted.exit != 0 && accepted.error.contains("nothing to accept"), "\(accepted)")
  }

  @Test func aParentTakesHomeWhatSheMayKnow() async throws {
    let place = try await Municipality.withFamily()
    let note = try await place.done("karin", "note", "list", "F01", "--json").objects
    let internalNote = try #require(note.first { $0["text"] == .string("kun til os") }?["record"]?.string)
    try await place.done("karin", "goal", "list", "F01")
    let caseID = try await place.done("karin", "case", "show", "F01", "--json").text("case_id")
    for parent in ["Mor", "Far"] {
      try await place.done("karin", "release", "give", "F01", "--to", parent, "--type", "plan")
    }
    try await place.done("karin", "sync")
    for parent in ["mor", "far"] {
      try await place.done(parent, "sync")
      #expect(try await place.done(parent, "goal", "list", caseID).output.contains("en rolig nat"))
      try await place.done(parent, "sync")
    }
    let page = place.file("plan.html")
    try await place.done("karin", "letter", "plan", "F01", "--for", "Mor", "--out", page)
    // The server signs whenever it begins.
    await place.stopServer()
    try await place.serveAgain()

    let (text, bundle) = try await export(place)
    #expect(bundle["resourceType"] == .string("Bundle") && bundle["type"] == .string("collection"))
    #expect(!resources(bundle, "AuditEvent").isEmpty && !resources(bundle, "Provenance").isEmpty)
    // What was printed for her stands by itself, without the name of who printed it.
    let printed = resources(bundle, "Communication")
    #expect(printed.count == 1 && printed[0]["recipient"]?.array?.first?["display"] == .string("you"))
    #expect(printed.first?["sender"]?["display"] == .string("family_coordinator"), "\(printed)")
    let pages = try await place.done("karin", "who-saw", "F01", "--json").objects.filter {
      $0["act"] == .string("printed")
    }
    #expect(pages.count == 1 && pages[0]["name"] == .string("Karin"), "\(pages)")
    #expect(pages.first?["form"] == .string("plan"), "\(pages)")
    #expect(!text.contains(internalNote))
    // In quotes what is short: three letters stand in base64 by chance.
    for name in ["Karin", "Poul", "Lene", "\"Far\"", "kun til os"] {
      #expect(!text.contains(name), "\(name)")
    }
    let opened = resources(bundle, "AuditEvent").filter { $0["type"]?["code"] == .string("opened") }
    let who = opened.compactMap { $0["agent"]?.array?.first?["who"]?["display"]?.string }
    #expect(who.contains("you") && who.contains("family_coordinator"), "\(who)")

    // She herself is told that somebody of the staff opened it, and nothing of what the other parent did.
    let goals = try await place.done("karin", "goal", "list", "F01", "--json").objects
    let goal = try #require(goals.first?["record"]?.string)
    let told = try await place.done("mor", "who-saw", goal, "--json").objects
    let rows = told.filter { $0["act"] == .string("opened") }
    let own = rows.filter { $0["purpose"] == .string("own-case") }
    #expect(own.map { $0["name"] } == [.string("Mor")], "\(rows)")
    #expect(rows.contains { $0["purpose"] == .string("coordination") && $0["name"] == .null }, "\(rows)")

    let (named, _) = try await export(place, "--names")
    #expect(named.contains("Karin") && !named.contains("\"Far\"") && !named.contains(internalNote))
    try await holds(named, place)
    // A file that is there stays.
    let again = try await place.kos("karin", "export", "F01", "--for", "Mor", "--out", "/dev/null")
    #expect(again.exit == 2)
    let staff = try await place.kos("karin", "export", "F01", "--for", "Poul", "--out", place.file("no"))
    #expect(staff.exit == 2 && staff.error.contains("not of the family"), "\(staff)")

    // When her part has ended, the other parent is told no more of her than before.
    try await place.done("karin", "participant", "end", "F01", "--person", "Mor")
    let (fars, _) = try await export(place, for: "Far", "--names")
    #expect(fars.contains("Karin") && !fars.contains("\"Mor\""), "\(fars)")
    let hers = try #require(printed.first?["identifier"]?.array?.first?["value"]?.string)
    #expect(!fars.contains(hers))
    // Of a page that is withheld from him nothing is told, though he may read what stands on it.
    let other = try await place.done(
      "karin", "letter", "plan", "F01", "--out", place.file("other.html"), "--json"
    ).text("record")
    let (open, _) = try await export(place, for: "Far")
    #expect(open.contains(other))
    try await place.done("karin", "withholding", "add", "F01", "--from", "Far", "--record", other)
    let (closed, _) = try await export(place, for: "Far")
    #expect(!closed.contains(other))
    await place.close()
  }
}
