extension Role {
  /// The code of the purpose for which somebody in this role opens what she may read, as the log of what was
  /// opened has it (FHIR `AuditEvent.purposeOfEvent`; R21: who looked, and why).
  public var openingPurpose: String {
    switch self {
    case .parent: "own-case"
    case .leader: "supervision"
    case .dataProtectionOfficer: "data-protection"
    case .externalReporter, .involvedProfessional, .analysisTeam: "contribution"
    default: "coordination"
    }
  }
}
