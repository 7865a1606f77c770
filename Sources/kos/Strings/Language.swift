import ArgumentParser
import Glibc

/// A language that the command line speaks.
enum Language: String, ExpressibleByArgument, CaseIterable, Sendable {
  case danish = "da"
  case english = "en"

  /// The language of the environment; English when it names another.
  static var ofEnvironment: Language {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { continue }
      return value.hasPrefix("da") ? .danish : .english
    }
    return .english
  }
}
