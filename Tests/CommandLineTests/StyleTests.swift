import Testing

/// What a terminal sets off, and where nothing is.
@Suite struct StyleTests {
  private let title = "How days and times are written."

  private func shown(
    _ place: Municipality, _ words: [String], _ kind: [String: String], until end: String
  ) async throws -> String {
    let terminal = try Terminal()
    let run = try place.start("nobody", ["help", "days"] + words, at: terminal, showing: kind)
    let shown = try await terminal.read(until: end)
    _ = await run.process.exit()
    return shown
  }

  /// A heading is bold at a terminal; nobody who does not want it or cannot show it gets an escape.
  @Test func aHeadingIsBoldAtATerminalAlone() async throws {
    let place = try Municipality.empty()
    let bold = try await shown(place, [], ["TERM": "xterm"], until: title + "\u{1b}[0m")
    #expect(bold.contains("\u{1b}[1m" + title), "\(bold)")
    let plain: [([String], [String: String])] = [
      ([], ["TERM": "dumb"]), ([], ["TERM": "xterm", "NO_COLOR": "1"]), ([], [:]),
      (["--no-color"], ["TERM": "xterm"]),
    ]
    for (words, kind) in plain {
      let text = try await shown(place, words, kind, until: title + "\r\n")
      #expect(!text.contains("\u{1b}"), "\(words) \(kind): \(text)")
    }
    let piped = try await place.kos("nobody", "help", "days")
    #expect(piped.output.hasPrefix(title + "\n"), "\(piped)")
    await place.close()
  }

  /// A terminal that does not say how wide it is, as these do not, is as wide as the user says.
  @Test func aTerminalIsAsWideAsItsUserSays() async throws {
    let place = try Municipality.empty()
    let narrow = ["TERM": "dumb", "COLUMNS": "24"]
    let text = try await shown(place, [], narrow, until: "How days and times are\r\nwritten.\r\n")
    #expect(!text.contains(title), "\(text)")
    await place.close()
  }
}
