import ArgumentParser
import Glibc

/// Asks a person at a terminal for what a command cannot do without, instead of refusing it.
enum Asking {
  /// Parses a command, asking for what is missing.
  ///
  /// A value that is none is told and asked for again. An empty line, or the end of the input, ends that:
  /// what is missing is then the error that it would have been.
  ///
  /// - Parameter typed: the words, without the program's name.
  /// - Throws: what the parser says of the words.
  static func command(_ typed: [String]) throws -> any ParsableCommand {
    var words = AnsweredWords(typed)
    var last: (question: Question, answer: String)?
    while true {
      do {
        return try parsed(words.all)
      } catch {
        guard isPossible, let question = Question(error, words, after: last),
          let line = try question.line()
        else { throw error }
        words = question.words
        words.answer(question.missing, with: line)
        last = (question, line)
      }
    }
  }

  /// The command of words. What every command takes is left out where what was named takes nothing, such as
  /// help, a group of commands, and what is no command: that is what is wrong then, or nothing is.
  private static func parsed(_ words: [String]) throws -> any ParsableCommand {
    do {
      return try Kos.parseAsRoot(words)
    } catch {
      let message = Kos.message(for: error)
      let rest = CommandWords.withoutCommon(words)
      guard rest != words,
        CommandWords.common.contains(where: { message.hasPrefix("Unknown option '\($0)'") })
      else { throw error }
      return try Kos.parseAsRoot(rest)
    }
  }

  /// Whether somebody sees the question and can answer it; programs that read JSON are not asked.
  private static var isPossible: Bool {
    Prompt.isPossible && isatty(2) == 1 && !CommandLine.arguments.contains("--json")
  }

  private struct Question {
    let missing: MissingArgument
    /// The words without an answer to it.
    let words: AnsweredWords
    /// Why what was answered before was not taken.
    private let complaint: String?

    /// - Returns: `nil` when the error is none that an answer mends.
    init?(_ error: any Error, _ words: AnsweredWords, after last: (question: Question, answer: String)?) {
      guard Kos.exitCode(for: error) == .validationFailure else { return nil }
      let message = Kos.message(for: error)
      if let missing = MissingArgument(message: message, full: Kos.fullMessage(for: error)) {
        guard missing != last?.question.missing else { return nil }
        (self.missing, self.words, complaint) = (missing, words, nil)
      } else if let last, message.contains("'\(last.answer)'") {
        (missing, self.words, complaint) = (last.question.missing, last.question.words, message)
      } else {
        return nil
      }
    }

    /// What was answered; `nil` when nothing was.
    func line() throws -> String? {
      let output = Output(json: false, language: .ofUser)
      if let complaint {
        let told = ParserMessage.text(complaint, in: output.language)
        output.notice(told.shown(upTo: Output.valueLengthMax))
      }
      let name = missing.option.map { " (\($0))" } ?? ""
      let several = missing.isRepeated ? " " + output.say(.commaSeparated) : ""
      let question = missing.meaning + name + several
      let line = missing.isText ? try Prompt.text(question, output) : try Prompt.line(question)
      return line?.allSatisfy(\.isWhitespace) == false ? line : nil
    }
  }
}
