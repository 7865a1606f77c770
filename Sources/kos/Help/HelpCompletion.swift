import ArgumentParser

/// Completes `kos help` with the commands and the topics, which the parser's own script leaves out: the
/// topics are none of its commands.
enum HelpCompletion {
  /// A script with it, for any of the shells; the script itself where it is of another form.
  static func added(to script: String) -> String {
    let topics = HelpTopic.all.flatMap { topic in
      Set(Language.allCases.map { topic.name.text(in: $0, []) }).sorted()
    }
    let words = (Kos.configuration.subcommands.map { $0._commandName } + topics).joined(separator: " ")
    let bash = "_kos_help() {"
    if let start = script.firstRange(of: bash), script.contains("COMPREPLY"),
      let end = script[start.upperBound...].firstRange(of: "\n}")
    {
      let line = "\n    COMPREPLY+=($(compgen -W \"\(words)\" -- \"${cur}\"))"
      return script[..<end.lowerBound] + line + script[end.lowerBound...]
    }
    if script.contains("#compdef kos") {
      return script.replacing("'*:subcommands:'", with: "'*:subcommands:(\(words))'")
    }
    guard script.contains("complete -c 'kos'") else { return script }
    let isHelp = "__kos_should_offer_completions_for_positional \"kos help\" -eq 1"
    return script + "\ncomplete -c 'kos' -n '\(isHelp)' -fa '\(words)'\n"
  }
}
