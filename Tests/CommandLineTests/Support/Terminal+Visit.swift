import Testing

extension Terminal {
  /// A command that somebody runs at a terminal.
  final class Visit: Sendable {
    let terminal: Terminal
    private let running: Running

    init(_ place: Municipality, _ who: String, _ words: [String], editor: String? = nil) throws {
      terminal = try Terminal()
      running = try place.start(who, words, at: terminal, editor: editor)
    }

    /// Where what it prints beside the prompts goes.
    var output: String { running.output }

    /// Waits for a question and answers it.
    @discardableResult
    func answer(_ question: String, with line: String) async throws -> String {
      let shown = try await terminal.read(until: question)
      terminal.type(line)
      return shown
    }

    /// Waits for the command's end.
    func end() async throws -> Answer { await running.answer() }
  }
}
