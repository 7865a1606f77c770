import ArgumentParser
import CLinux
import CaseModel
import Glibc
import SyncClient

/// `kos`: case work on a replica of one's own, with or without the network.
@main
struct Kos: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kos",
    abstract: Phrase(
      "Koordineret sagsarbejde for familier, først på denne maskine.",
      "Coordinated family case work, on this machine first."
    ).said,
    discussion: Phrase.overview.text(in: .ofUser, [HelpTopic.names(in: .ofUser)]),
    version: "0.1.0",
    groupedSubcommands: commandGroups)

  static func main() async {
    // What is sealed on the disk is open in memory: no core file, and no other process may look.
    _ = clinux_forbid_dumps()
    Clock.useDanishTime()
    if let place = CommandWords.firstBroken { finishBroken(place) }
    do {
      if let help = TopicHelp(wordsOfUser), try help.show() { return }
      var command = try Asking.command(wordsOfUser)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      Output(json: CommandLine.arguments.contains("--json"), language: .ofUser).failure(failure)
      Glibc.exit(failure.exit.rawValue)
    } catch {
      finish(error)
    }
  }

  /// What was typed; a `kos` alone, or with nothing but what every command takes, tells what is to be done,
  /// where somebody is enrolled.
  private static var wordsOfUser: [String] {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.first.map({ ["--json", "--lang", "--home", "--no-color"].contains($0) }) ?? true else {
      return words
    }
    let named = words.firstIndex(of: "--home").map { words.dropFirst($0 + 1).first } ?? nil
    guard let home = try? Replica.home(named), Replica.exists(home: home) else { return words }
    return ["today"] + words
  }

  /// Ends the process. ArgumentParser's own code for usage is 64; here it is 2.
  private static func finish(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    if code == .validationFailure {
      explainUsage(error)
      Glibc.exit(Exit.usage.rawValue)
    }
    // The parser calls each group of commands "… Subcommands".
    var message = fullMessage(for: error).replacing(" SUBCOMMANDS:", with: ":")
    if CommandLine.arguments.contains("--generate-completion-script"), code == .success {
      message = HelpCompletion.added(to: message)
    }
    if !message.isEmpty { Descriptor.write(message + "\n", to: code == .success ? 1 : 2) }
    Glibc.exit(code.rawValue)
  }

  /// Ends the process because a word is no text. Repaired it would be another one than was meant.
  private static func finishBroken(_ place: Int) -> Never {
    let output = Output(json: CommandLine.arguments.contains("--json"), language: .ofUser)
    output.failure(Failure(.usage, .wordNotText, String(place)))
    Glibc.exit(Exit.usage.rawValue)
  }

  /// Says why a command was not understood. Its options were not parsed, so the words themselves tell who
  /// reads.
  private static func explainUsage(_ error: any Error) {
    let output = Output(json: CommandLine.arguments.contains("--json"), language: .ofUser)
    let message = message(for: error)
    var why = ParserMessage.text(message, in: output.language).shown(upTo: Output.valueLengthMax)
    if let unknown = UnknownCommand(wordsOfUser) {
      // A group of commands takes nothing but its commands: the parser says something else is wrong.
      let told = unknown.text(output)
      if output.json { return output.failure(Failure(.usage, .notUnderstoodBecause, told)) }
      output.notice(output.say(.notUnderstood))
      return output.notice(told)
    }
    let dayHint = dayHint(message, why, output)
    if output.json {
      if let dayHint { why += " " + dayHint }
      output.failure(Failure(.usage, .notUnderstoodBecause, why))
    } else {
      output.notice(output.say(.notUnderstood))
      if let dayHint { output.notice(dayHint) }
      // It repeats what was typed, which may be a paste of anything.
      let page = ParserMessage.page(message, full: fullMessage(for: error), in: output.language)
      let lines = page.shownBlock.split(separator: "\n", omittingEmptySubsequences: false)
      Descriptor.write(lines.map { $0.cut(to: Output.valueLengthMax) + "\n" }.joined(), to: 2)
    }
  }

  /// How days are written, or which days the word may mean; `nil` where the message is about something else.
  private static func dayHint(_ message: String, _ why: String, _ output: Output) -> String? {
    guard why.contains("<day>") else { return nil }
    guard let word = ParserMessage.invalidValue(in: message), let days = CalendarDay.meanings(of: word) else {
      return output.say(.daysUnderstood)
    }
    return output.say(.dayAmbiguous, word, CalendarDay.told(days))
  }
}
