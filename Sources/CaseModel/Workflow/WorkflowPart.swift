/// Who takes part in a step or is responsible for it: the roles of a case, and those whom no role names.
public enum WorkflowPart: String, Sendable, Hashable, CaseIterable {
  /// A leader, as the one who allocates (R4).
  case leader
  /// The leader for the measure that is intended (R14).
  case relevantLeader = "relevant_leader"
  /// The family's coordinator.
  case familyCoordinator = "family_coordinator"
  /// The core team.
  case coreTeam = "core_team"
  /// The analysis team.
  case analysisTeam = "analysis_team"
  /// Professionals who are involved in the case (R10).
  case involvedProfessional = "involved_professional"
  /// Who reports from outside the core team (R30).
  case externalReporter = "external_reporter"
  /// The child's parents.
  case parent
  /// The child or young person (R8).
  case child
  /// The whole family.
  case family
}
