import Foundation

/// A page about what several commands have in common: `kos help days`.
struct HelpTopic: Sendable {
  /// The word that it is asked for by.
  let name: Phrase
  /// What it is about, in a line.
  let title: Phrase
  /// The page; lines of at most 80 characters, with what can be typed indented by four.
  let text: Phrase

  /// All of them, in the order in which somebody new would read them.
  static let all: [HelpTopic] = [
    start, days, references, course, offline, access, settlement, confirmations, devices, scripts,
  ]

  /// The names of all, in a language.
  static func names(in language: Language) -> String {
    all.map { $0.name.text(in: language, []) }.joined(separator: ", ")
  }

  /// The topic of a name in either language, however its letters are written.
  static func named(_ word: String) -> HelpTopic? {
    let word = word.lowercased().precomposedStringWithCanonicalMapping
    return all.first { topic in
      Language.allCases.contains { topic.name.text(in: $0, []).lowercased() == word }
    }
  }
}
