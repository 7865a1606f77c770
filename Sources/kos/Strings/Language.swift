import ArgumentParser
import Glibc

/// A language that the command line speaks.
enum Language: String, ExpressibleByArgument, CaseIterable, Sendable {
  case danish = "da"
  case english = "en"

  /// The language that the command's words name, before they are read as options; else the environment's.
  static var ofUser: Language {
    let words = CommandLine.arguments
    let named = words.firstIndex(of: "--lang").flatMap { words.dropFirst($0 + 1).first }
    return named.flatMap { Language(rawValue: $0) } ?? .ofEnvironment
  }

  /// The language of the environment; English when it names another.
  static var ofEnvironment: Language {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { continue }
      return value.hasPrefix("da") ? .danish : .english
    }
    return .english
  }
}
