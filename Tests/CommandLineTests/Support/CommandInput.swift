/// What a command takes, as ArgumentParser itself tells it: a new command or option is there by itself.
struct CommandInput: Sendable {
  /// What sort of word belongs there.
  enum Kind: Sendable {
    case day, number, caseFile, reference, text
  }

  let isPositional: Bool
  /// The option's name, or what stands in the help for a positional.
  let name: String
  let valueName: String
  let isNeeded: Bool

  private static let days: Set = ["day", "yyyy-mm-dd", "date"]
  private static let numbers: Set = [
    "n", "days", "seconds", "rank", "expected", "percent", "complaint-weeks", "measurement", "value",
    "after", "version",
  ]
  private static let references: Set = ["person", "record", "subject", "device", "id"]
  /// Positionals that are no reference to a record.
  private static let words: Set = [
    "file", "what", "title", "words", "answer", "role", "code", "version", "step", "workflow",
  ]

  /// What a wrong word for it is.
  var kind: Kind {
    if Self.days.contains(valueName) { return .day }
    if !isPositional, Self.numbers.contains(name) || Self.numbers.contains(valueName) { return .number }
    if valueName == "ref" { return .caseFile }
    if isPositional { return Self.words.contains(valueName) ? .text : .reference }
    return Self.references.contains(valueName) ? .reference : .text
  }

  /// The words that give it a value.
  func words(_ value: String) -> String { isPositional ? value : "--\(name)=\(value)" }
}

/// A command with all that it takes.
struct CommandShape: Sendable {
  let name: String
  let inputs: [CommandInput]

  /// What each sort of input is filled with where it is needed and another one is tried.
  private static let samples: [String: String] = [
    "ref": "F01", "day": "2020-07-01", "person": "Ole", "role": "core-team", "name": "Ny", "with": "Poul",
    "coordinator": "Karin", "subject": "Anna", "type": "health", "purpose": "coordination",
    "recipient": "Ole", "n": "1", "matter": "respite", "amount": "100", "law": "barnets lov",
    "source": "civil_register", "sort": "address", "who": "leader", "answer": "yes", "code": "123456",
    "figure": "families_ever", "to": "Poul", "dimension": "health", "respondent": "family", "percent": "10",
    "reason": "left", "trigger": "divorce", "workflow": "kos", "days": "30", "of": "Ole",
  ]
  private static let kinds = ["meeting call": "analysis", "meeting add": "analysis"]
  private static let outcomes = ["agenda item": "action", "update triage": "action"]

  /// The command with one word tried, and what else it needs.
  func words(trying value: String, for tried: CommandInput) -> [String] {
    var words = name.split(separator: " ").map(String.init)
    for input in inputs {
      if input.isPositional == tried.isPositional, input.name == tried.name {
        words.append(input.words(value))
      } else if input.isNeeded || input.name == "text" && tried.name != "file" {
        words.append(input.words(sample(for: input, beside: tried)))
      }
    }
    return words
  }

  private func sample(for input: CommandInput, beside tried: CommandInput) -> String {
    switch input.valueName {
    // No two cases have one label.
    case "label": "F77 \(tried.name)"
    case "kind": Self.kinds[name] ?? "home_visit"
    case "outcome": Self.outcomes[name] ?? "granted"
    default: Self.samples[input.valueName] ?? Self.samples[input.name] ?? "1"
    }
  }

  /// Every command of `kos`, by name.
  static func all(in place: Municipality) async throws -> [String: CommandShape] {
    let dump = try await place.run("kos", ["--experimental-dump-help"]).output
    let tree = try JSONValue(line: dump)
    var shapes: [String: CommandShape] = [:]
    var waiting: [(path: [String], command: JSONValue)] = []
    if let root = tree["command"] { waiting = [([], root)] }
    while let (path, command) = waiting.popLast() {
      let subcommands = command["subcommands"]?.array ?? []
      for subcommand in subcommands {
        guard let name = subcommand["commandName"]?.string, name != "help" else { continue }
        waiting.append((path + [name], subcommand))
      }
      guard subcommands.isEmpty else { continue }
      let name = path.joined(separator: " ")
      shapes[name] = CommandShape(
        name: name, inputs: (command["arguments"]?.array ?? []).compactMap(CommandInput.init))
    }
    return shapes
  }
}

extension CommandInput {
  /// What every command takes, and is tried where that belongs.
  private static let common: Set = ["home", "lang", "passphrase-file", "json", "help", "version"]

  fileprivate init?(_ argument: JSONValue) {
    guard let kind = argument["kind"]?.string, kind != "flag" else { return nil }
    valueName = argument["valueName"]?.string ?? ""
    isPositional = kind == "positional"
    let names = argument["names"]?.array ?? []
    name = names.first?["name"]?.string ?? valueName
    isNeeded = argument["isOptional"] == .boolean(false)
    if !isPositional, Self.common.contains(name), !(name == "version" && valueName == "version") {
      return nil
    }
  }
}
