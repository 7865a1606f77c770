import Foundation
import Testing

/// Finding words, the calendar, and what is run on arrivals.
@Suite(.serialized, .atWork) struct FindingTests {
  @Test func wordsAreFoundOffline() async throws {
    let place = try Municipality.current
    try await place.done("karin", "note", "add", "F01", "--text", "Årsprøven gik godt i Ærøskøbing")
    try await place.done("karin", "note", "add", "F01", "--text", "noget andet")
    await place.stopServer()
    for words in [
      ["årsprøven"], ["a\u{30a}rspro\u{308}ven"], ["AARSPRØVEN", "ærøsk"], ["anna", "årsprøven"],
    ] {
      let found = try await place.kos("karin", ["find", "--json"] + words)
      #expect(try found.objects.contains { $0["kind"] == .string("note") }, "\(words): \(found)")
    }
    let found = try await place.done("karin", "find", "årsprøven", "--json").object
    #expect(found["field"] == .string("text") && found["text"] == .string("Årsprøven gik godt i Ærøskøbing"))
    let record = try #require(found["record"]?.string)
    #expect(try await place.opened(by: "karin").contains(record))
    for (language, told) in ["en": "Nothing here matches", "da": "Intet her passer"] {
      let nothing = try await place.kos("karin", "find", "årsprøven", "nonsens", language: language)
      #expect(nothing.exit == 0 && nothing.output.contains(told), "\(nothing)")
    }
    let cut = try await place.kos("karin", "find", "--limit", "1", "a")
    #expect(cut.output.contains("Shown: 1 of "), "\(cut)")
    try await place.serveAgain()
  }

  /// A calendar file tells nothing of anybody unless that is asked for.
  @Test func theCalendarFile() async throws {
    let place = try Municipality.current
    try await place.done(
      "karin", "task", "add", "F01", "ring til mor om Anna", "--owner", "me", "--due", "i overmorgen")
    try await place.done("karin", "status-meeting", "plan", "--on", "om 5 dage")
    for (language, told) in ["en": "is a status meeting", "da": "Der er allerede et statusmøde"] {
      let again = try await place.kos(
        "karin", "status-meeting", "plan", "--on", "om 5 dage", language: language)
      #expect(again.exit == 2 && again.error.contains(told), "\(again)")
    }
    let plain = try await place.kos("karin", "calendar", "--ics", language: "da")
    #expect(plain.exit == 0 && plain.output.hasPrefix("BEGIN:VCALENDAR\r\n"), "\(plain)")
    for word in ["Anna", "mor", "F01", "Karin"] { #expect(!plain.output.contains(word), "\(word)") }
    #expect(
      plain.output.contains("SUMMARY:Opgave\\, sag ") && plain.output.contains("SUMMARY:Statusmøde\r\n"))
    #expect(try await place.kos("karin", "calendar", "--ics", language: "da").output == plain.output)
    let titles = try await place.done("karin", "calendar", "--ics", "--titles")
    #expect(titles.output.contains("SUMMARY:Task\\, F01: ring til mor om Anna\r\n"), "\(titles)")
  }

  /// The command is told counts and kinds, and nothing of what arrived.
  @Test func aCommandIsRunOnArrival() async throws {
    let place = try Municipality.current
    try await place.done("karin", "sync")
    let told = place.file("told")
    let command = "(env | grep ^KOS_; echo \"args $*\") >> \(told).part; mv \(told).part \(told)"
    let watch = try place.start("karin", ["watch", "--json", "--exec", command])
    _ = try await Lines(watch.output).next { $0.contains(#""event":"up_to_date""#) }
    let lines = try Lines(told)
    try await place.done("poul", "note", "add", "F01", "--text", "hemmeligt om Anna")
    _ = try await lines.next { $0 == "args " }
    let text = try String(contentsOfFile: told, encoding: .utf8)
    #expect(text.contains("KOS_COUNT=1\n") && text.contains("KOS_KINDS=note\n"), "\(text)")
    #expect(text.contains("KOS_EVENT=changed\n") && text.contains("KOS_ENTERED="))
    for word in ["hemmeligt", "Anna", "Poul"] { #expect(!text.contains(word), "\(word)") }
    watch.process.signal(15)
    _ = await watch.answer()
  }
}
