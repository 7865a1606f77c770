import Foundation
import Testing

/// Files of a case, from the command line.
@Suite(.serialized, .atWork) struct AttachmentTests {
  private static let listed: Set = [
    "record", "case", "case_id", "kind", "day", "text", "pending", "name", "media_type", "belongs_to", "size",
    "state", "bytes_here", "bytes_sent",
  ]
  private static let added: Set = [
    "record", "kind", "case", "case_id", "size", "state", "bytes_here", "bytes_sent", "saved", "delivery",
    "unsent", "unsent_since",
  ]

  private func write(_ text: String, as name: String, _ place: Municipality) throws -> String {
    let path = place.home("karin") + "-" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func aFileGoesFromOneToTheOther() async throws {
    let place = try Municipality.current
    let path = try write("brevets indhold", as: "brev.txt", place)
    let note = try await place.done("karin", "note", "add", "F01", "--text", "se brevet", "--json")
    // Without a connection it is saved.
    let saved = try await place.done(
      "karin", "attachment", "add", "F01", path, "--to", try note.text("record"), "--offline", "--json")
    #expect(try saved.object.keys == Self.added)
    #expect(try saved.object["delivery"] == .string("queued"))
    #expect(try saved.object["state"] == .string("unsent"))
    let status = try await place.done("karin", "status", "--json")
    #expect(try status.object["attachments_unsent"] == .integer(1))
    #expect(try status.object["attachment_bytes_unsent"] == .integer(15))
    #expect(try status.object["standing"] == .string("unsent"))
    let danish = try await place.kos("karin", "status", language: "da")
    #expect(danish.output.contains("Filer, der ikke er sendt: 1 (15 B), siden "), "\(danish)")
    let unsent = try await place.kos("karin", "attachment", "list", "F01", language: "da")
    #expect(unsent.output.contains("ikke sendt: 0 B af 15 B er sendt"), "\(unsent)")
    // The record arrives with the next act, the bytes with the next exchange.
    try await place.done("karin", "note", "add", "F01", "--text", "et notat til")
    try await place.done("lene", "sync")
    let awaited = try await place.kos("lene", "attachment", "list", "F01")
    #expect(awaited.output.contains("awaited from Karin's device"), "\(awaited)")
    let record = try saved.text("record")
    let tooEarly = try await place.kos("lene", "attachment", "get", record, language: "da")
    #expect(tooEarly.exit == 5 && tooEarly.error.contains("den ventes fra Karins enhed"), "\(tooEarly)")
    try await place.done("karin", "sync")
    #expect(
      try await place.kos("karin", "attachment", "list", "F01", language: "da").output.contains("  sendt\n"))
    let out = place.home("lene") + "-hentet.txt"
    let got = try await place.done("lene", "attachment", "get", record, "--out", out, "--json")
    #expect(try got.objects.last?.keys == ["record", "file", "size", "media_type"])
    #expect(try String(contentsOfFile: out, encoding: .utf8) == "brevets indhold")
    let mode = try FileManager.default.attributesOfItem(atPath: out)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o600)
    let list = try await place.done("lene", "attachment", "list", "F01", "--json")
    let line = try #require(try list.objects.first { $0["record"] == .string(record) })
    #expect(line.keys == Self.listed)
    #expect(line["state"] == .string("here"))
    #expect(try line["belongs_to"] == .string(note.text("record")))
    #expect(line["media_type"] == .string("text/plain"))
    // What is fetched is there without a connection too, and no file is lost by it.
    let again = try await place.kos("lene", "attachment", "get", record, "--out", out)
    #expect(again.exit == 2 && again.error.contains("Nothing was written"), "\(again)")
    try await place.done("lene", "attachment", "get", record, "--out", out, "--force")
  }

  /// Who stays connected hears when the bytes are there, which is later than the record.
  @Test func aWatchTellsWhenAFileCanBeFetched() async throws {
    let place = try Municipality.current
    try await place.done("karin", "sync")
    let path = try write("feberkurve", as: "kurve.txt", place)
    let watch = try place.start("lene", ["watch", "--json"])
    let lines = try Lines(watch.output)
    _ = try await lines.next { $0.contains(#""event":"up_to_date""#) }
    try await place.done("karin", "attachment", "add", "F01", path, "--name", "kurve.txt", "--offline")
    try await place.done("karin", "note", "add", "F01", "--text", "kurven er vedhæftet")
    _ = try await lines.next { $0.contains("kurven er vedhæftet") }
    let status = try await place.kos("karin", "note", "add", "F01", "--text", "endnu et", language: "da")
    #expect(status.output.contains("Filer, der ikke er sendt: 1 (10 B), siden "), "\(status)")
    try await place.done("karin", "sync")
    let told = try await lines.next { $0.contains("attachment_available") }
    #expect(told.contains(#""text":"kurve.txt""#), "\(told)")
    // The watch holds the connection; it fetches for a command beside it.
    let list = try await place.done("lene", "attachment", "list", "F01", "--json")
    let line = try #require(try list.objects.first { $0["name"] == .string("kurve.txt") })
    let record = try #require(line["record"]?.string)
    let out = place.home("lene") + "-kurve.txt"
    try await place.done("lene", "attachment", "get", record, "--out", out)
    #expect(try String(contentsOfFile: out, encoding: .utf8) == "feberkurve")
    watch.process.signal(15)
    _ = await watch.answer()
  }

  /// A file waits for those before it, and the command tells of both.
  @Test func filesThatWaitGoOneAfterTheOther() async throws {
    let place = try Municipality.current
    let first = try write("det første", as: "foerste.txt", place)
    let second = try write("det andet", as: "andet.txt", place)
    try await place.done("karin", "attachment", "add", "F01", first, "--offline")
    let added = try await place.kos(
      "karin", "attachment", "add", "F01", second, "--name", "det andet brev.txt", language: "da")
    #expect(added.exit == 0, "\(added)")
    #expect(added.output.hasPrefix("det andet brev.txt er vedhæftet sag F01 som "), "\(added)")
    #expect(added.output.hasSuffix("Gemt. Sendt.\n"), "\(added)")
    #expect(try await place.done("karin", "status", "--json").object["attachments_unsent"] == .integer(0))
    try await place.done("lene", "sync")
    // By its name, as long as one alone has it.
    let out = place.home("lene") + "-andet.txt"
    try await place.done("lene", "attachment", "get", "det andet brev.txt", "--out", out)
    #expect(try String(contentsOfFile: out, encoding: .utf8) == "det andet")
    try await place.done("karin", "attachment", "add", "F01", first, "--name", "det andet brev.txt")
    try await place.done("lene", "sync")
    let several = try await place.kos(
      "lene", "attachment", "get", "det andet brev.txt", "--out", out, "--force", language: "da")
    #expect(
      several.exit == 2 && several.error.contains("Flere filer passer til det andet brev.txt"), "\(several)")
  }

  /// The name that a peer gave a file is shown, cleaned, and never a path.
  @Test func aPeersNameIsNoPath() async throws {
    let place = try Municipality.current
    let path = try write("x", as: "x.txt", place)
    let name = "../../evil\u{1b}[2J.sh"
    let added = try await place.done("karin", "attachment", "add", "F01", path, "--name", name, "--json")
    // What was on its way comes before what came of it.
    #expect(try added.objects.dropLast().allSatisfy { $0.keys == ["progress", "record", "bytes", "size"] })
    let last = try #require(try added.objects.last)
    #expect(last["delivery"] == .string("sent") && last["state"] == .string("sent"))
    try await place.done("lene", "sync")
    let list = try await place.kos("lene", "attachment", "list", "F01")
    #expect(list.output.contains("../../evil[2J.sh") && !list.output.contains("\u{1b}"), "\(list)")
    let record = try #require(last["record"]?.string)
    let got = try await place.done("lene", "attachment", "get", record, "--json")
    let file = try #require(try got.objects.last?["file"])
    #expect(file == .string("attachment-\(record.prefix(8)).bin"))
  }

  @Test func whatCannotBeDoneIsSaid() async throws {
    let place = try Municipality.current
    let missing = try await place.kos("karin", "attachment", "add", "F01", "/nirgends/brev.pdf")
    #expect(missing.exit == 2 && missing.error.contains("/nirgends/brev.pdf"), "\(missing)")
    let large = place.home("karin") + "-stor.bin"
    try #require(FileManager.default.createFile(atPath: large, contents: nil))
    try FileHandle(forWritingAtPath: large)?.truncate(atOffset: 67_108_865)
    let tooLarge = try await place.kos("karin", "attachment", "add", "F01", large, language: "da")
    #expect(
      tooLarge.exit == 2 && tooLarge.error.contains("er større end 64 MiB. Intet er gemt."), "\(tooLarge)")
    let unknown = try await place.kos("karin", "attachment", "get", "ffffffff")
    #expect(unknown.exit == 2 && unknown.error.contains("kos attachment list CASE"), "\(unknown)")
    let path = try write("y", as: "y.txt", place)
    let added = try await place.done("karin", "attachment", "add", "F01", path, "--json")
    try await place.done("lene", "sync")
    let nowhere = try await place.kos(
      "lene", "attachment", "get", try #require(try added.objects.last?["record"]?.string), "--out",
      "/nirgends/y.txt", language: "da")
    #expect(nowhere.exit == 2 && nowhere.error.contains("kan ikke skrives"), "\(nowhere)")
  }
}
