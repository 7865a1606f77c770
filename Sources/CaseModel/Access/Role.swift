/// What a person is in a tenant, or in one case.
///
/// An account has one role in its tenant; a participation names the role in its case. Numbers are given once
/// and never reused. A role that this version does not know gives nothing.
public struct Role: RawRepresentable, Hashable, Sendable, Comparable {
  /// The role's number in records and on the wire.
  public let rawValue: UInt32

  /// Names role `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Sees the register of cases: names, steps and days; content only of cases that she takes part in.
  public static let leader = Role(rawValue: 1)
  /// Coordinates whole cases: the family's one entrance (R48, R49).
  public static let familyCoordinator = Role(rawValue: 2)
  /// A member of the core team (R45).
  public static let coreTeam = Role(rawValue: 3)
  /// Sends updates to one case's coordinator under an alias and sees that each was received and triaged
  /// (R30).
  public static let externalReporter = Role(rawValue: 4)

  /// A member of the analysis team: the core team and who joins it for a meeting (R13, R46).
  public static let analysisTeam = Role(rawValue: 5)
  /// A professional of another organisation, which vouches for her (R10, R50). Reads what consent or another
  /// legal basis lets her.
  public static let involvedProfessional = Role(rawValue: 6)
  /// A parent, each a named person (R19, R57). Reads what was released to her, and what she wrote.
  public static let parent = Role(rawValue: 7)
  /// The data protection officer (GDPR art. 37–39): sees what governs access, and no content.
  public static let dataProtectionOfficer = Role(rawValue: 8)
  /// Runs the server and reads nothing.
  public static let administrator = Role(rawValue: 9)

  /// The known roles with the names that protocol and command line use.
  public static let names: [(role: Role, name: String)] = [
    (.leader, "leader"), (.familyCoordinator, "family_coordinator"), (.coreTeam, "core_team"),
    (.externalReporter, "external_reporter"), (.analysisTeam, "analysis_team"),
    (.involvedProfessional, "involved_professional"), (.parent, "parent"),
    (.dataProtectionOfficer, "data_protection_officer"), (.administrator, "administrator"),
  ]

  /// The name that protocol and command line use; `nil` for an unknown role.
  public var name: String? { Self.names.first { $0.role == self }?.name }

  /// Finds a role by the name that protocol and command line use.
  public init?(name: String) {
    guard let known = Self.names.first(where: { $0.name == name }) else { return nil }
    self = known.role
  }

  /// Whether the role is one of the municipality's own staff, which reads the register.
  public var isStaff: Bool { self == .leader || self == .familyCoordinator || self == .coreTeam }

  /// Whether the role is a profession's, which an audience may name. Parents and reporters are named each by
  /// herself.
  public var isProfessional: Bool { isStaff || self == .analysisTeam || self == .involvedProfessional }

  /// The information types that analysis meetings need (R13, R15, R46): all but the family's money and work.
  private static let analysed: Set<InformationType> = [
    .none, .health, .school, .social, .plan, .coordination, .dayCare,
  ]

  /// Whether the role reaches an information type by the authority's own basis for casework, unless the
  /// register says otherwise: staff all, the analysis team what its meetings need, others nothing.
  func reachesByDefault(_ type: InformationType) -> Bool {
    isStaff || self == .analysisTeam && Self.analysed.contains(type)
  }

  /// Whether someone with this role in the tenant may have `role` in a case.
  ///
  /// A participation never gives more than the person's place in the tenant warrants: one who is only an
  /// external reporter does not become a reader of content because a participation says so.
  public func mayTakePart(as role: Role) -> Bool {
    switch (self, role) {
    case (.leader, .leader), (.leader, .familyCoordinator), (.leader, .coreTeam): true
    case (.familyCoordinator, .familyCoordinator), (.familyCoordinator, .coreTeam): true
    case (.coreTeam, .coreTeam): true
    case (_, .externalReporter): isProfessional || self == .externalReporter
    case (_, .analysisTeam): isStaff || self == .analysisTeam
    case (.involvedProfessional, .involvedProfessional): true
    case (_, .parent): isStaff || self == .parent
    default: false
    }
  }

  /// Orders roles by number.
  public static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}
