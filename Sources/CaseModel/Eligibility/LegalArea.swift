/// A legal area that takes part in an assessment; codes of `Field.Person.legalArea`.
public enum LegalArea {
  /// Social services: the children's disability area.
  public static let socialServices = "social_services"
  /// School: the educational-psychological service (PPR).
  public static let school = "school"

  /// The legal areas that no assessor stands for. Both must be there: a coordinator together with a
  /// psychologist or a speech and hearing consultant (R6).
  public static func missing(among assessors: [CaseRecord]) -> [String] {
    missing(beside: Set(assessors.compactMap { $0.text(Field.Person.legalArea) }))
  }

  /// The legal areas that are not among these.
  static func missing(beside present: Set<String>) -> [String] {
    [socialServices, school].filter { !present.contains($0) }
  }
}
