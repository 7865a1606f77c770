import ArgumentParser
import CaseModel

/// What people call roles.
enum RoleName {
  /// What everyday language calls roles, beside the protocol's own names.
  private static let everyday: [String: Role] = [
    "leder": .leader, "coordinator": .familyCoordinator, "familiekoordinator": .familyCoordinator,
    "koordinator": .familyCoordinator, "psychologist": .coreTeam, "team": .coreTeam, "kerneteam": .coreTeam,
    "reporter": .externalReporter, "hospital": .externalReporter, "external": .externalReporter,
    "ekstern": .externalReporter, "analyseteam": .analysisTeam, "analysis": .analysisTeam,
    "professional": .involvedProfessional, "fagperson": .involvedProfessional,
    "health_visitor": .involvedProfessional, "sundhedsplejerske": .involvedProfessional,
    "forælder": .parent, "dpo": .dataProtectionOfficer, "databeskyttelsesrådgiver": .dataProtectionOfficer,
    "admin": .administrator,
  ]

  /// The role of a word, in the protocol's or in everyday language.
  static func role(_ word: String) throws -> Role {
    let name = String(word.lowercased().map { $0 == "-" ? "_" : $0 })
    if let role = everyday[name] ?? Role(name: name) { return role }
    throw Failure(.usage, .noSuchRole, word, names(Role.names.map(\.name)))
  }

  /// Names as a user types them.
  static func names(_ names: [String]) -> String {
    names.map { String($0.map { $0 == "_" ? "-" : $0 }) }.joined(separator: ", ")
  }
}
