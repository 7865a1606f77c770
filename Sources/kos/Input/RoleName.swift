import CaseModel

/// What people call roles.
enum RoleName {
  /// The role of a word, in the protocol's or in everyday language.
  static func role(_ word: String) throws -> Role {
    let name = String(word.lowercased().map { $0 == "-" ? "_" : $0 })
    switch name {
    case "coordinator", "familiekoordinator": return .familyCoordinator
    case "psychologist", "team", "kerneteam": return .coreTeam
    case "reporter", "hospital", "external": return .externalReporter
    case "leder": return .leader
    default:
      guard let role = Role(name: name) else { throw Failure(.usage, .noSuchRole, word) }
      return role
    }
  }
}
