import Testing

/// A person's second device, which she invites herself.
@Suite(.serialized, .atWork) struct DeviceTests {
  @Test(arguments: ["karin", "lene", "poul"]) func theSecondDeviceSeesTheSame(who: String) async throws {
    let place = try Municipality.current
    try await place.done("karin", "note", "add", "F01", "--text", "skrevet før \(who)s anden enhed")
    try await place.done(who, "sync")
    let link = try await place.done(who, "device", "add", "--json")
    let second = who + "2"
    let enrolled = try await place.enrol(second, code: try link.text("code"))
    #expect(enrolled.exit == 0, "\(enrolled)")
    let owner = try await place.done(who, "status", "--json").object
    for key in ["person", "name", "role", "tenant"] { #expect(try enrolled.object[key] == owner[key]) }

    try await place.done(second, "sync")
    for words in [["case", "list"], ["case", "show", "F01"], ["case", "log", "F01"], ["person", "list"]] {
      let first = try await place.kos(who, words + ["--json"])
      let same = try await place.kos(second, words + ["--json"])
      #expect(same.exit == 0 && same.output == first.output, "\(words): \(same) \(first)")
    }

    // What the second writes is hers, and the first gets it.
    let note = try await place.kos(second, "note", "add", "F01", "--text", "fra den anden enhed", "--json")
    try #require(note.exit == 0, "\(note)")
    try await place.done(who, "sync")
    let explained = try await place.done(who, "explain", try note.text("record"), "--json")
    #expect(try explained.object["history"]?.array?.first?["author"] == owner["name"])
  }

  /// The hospital sends from two machines; each shows what the person sent.
  @Test func theHospitalsSecondDevice() async throws {
    let place = try Municipality.current
    try await place.hospital()
    let first = try await place.done("hospital", "update", "send", "--text", "fra den ene", "--json")
    let link = try await place.done("hospital", "device", "add", "--json")
    #expect(try await place.enrol("hospital2", code: try link.text("code")).exit == 0)
    try await place.done("hospital2", "sync")
    let list = try await place.done("hospital2", "update", "list", "--json")
    #expect(try list.objects.map { $0["update"] } == [first.object["update"]])
    try await place.done("hospital2", "update", "send", "--text", "fra den anden")
    try await place.done("karin", "sync")
    let arrived = try await place.done("karin", "update", "list", "--json")
    #expect(
      try arrived.objects.map { $0["text"] } == [.string("fra den ene"), .string("fra den anden")])
  }
}
