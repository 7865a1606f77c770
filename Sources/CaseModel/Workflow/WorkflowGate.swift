/// What must hold before records show that a step is done.
public enum WorkflowGate: String, Sendable, Hashable, CaseIterable {
  /// Everything that was asked for has come, or it was decided to do without (R20).
  case lawfulBasis = "lawful_basis"
  /// Both legal areas, social services and school, were among those who assessed (R6).
  case bothLegalAreas = "both_legal_areas"
  /// Analysis meetings with the parents count, and no others (R21).
  case withParents = "with_parents"
  /// Analysis meetings without the parents count, and no others (R13).
  case withoutParents = "without_parents"
  /// Requests for what an analysis meeting found missing count, and no others (R16, R18).
  case fromAnalysis = "from_analysis"
  /// Requests that no analysis meeting made count, and no others (R9).
  case beforeAnalysis = "before_analysis"

  /// Whether it says which records count, rather than what must be so besides.
  public var isFilter: Bool { self != .lawfulBasis && self != .bothLegalAreas }
}

/// When a step is taken at all.
public enum WorkflowCondition: String, Sendable, Hashable, CaseIterable {
  /// When the analysis found that information is missing (R16).
  case missingInformation = "missing_information"
}
