import ArgumentParser
import CaseModel

/// What people call information types.
enum TypeName {
  /// What Danes call them, beside the protocol's own names.
  private static let everyday: [String: InformationType] = [
    "sundhed": .health, "helbred": .health, "skole": .school, "socialt": .social, "økonomi": .economy,
    "koordinering": .coordination, "beskæftigelse": .employment, "dagtilbud": .dayCare,
  ]

  /// The information type of a word.
  static func type(_ word: String) throws -> InformationType {
    let name = String(word.lowercased().map { $0 == "-" ? "_" : $0 })
    if let type = everyday[name] ?? InformationType(name: name), type != .none { return type }
    throw Failure(.usage, .noSuchType, word, RoleName.names(InformationType.names.dropFirst().map(\.name)))
  }
}
