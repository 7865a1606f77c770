/// What sort of information about a person a record holds: the words in which consent speaks.
///
/// Numbers are given once and never reused. Types that this version does not know are kept as they came.
public struct InformationType: RawRepresentable, Hashable, Sendable {
  /// The type's number on the wire.
  public let rawValue: UInt32

  /// Names type `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Nothing about a person, or nothing that consent speaks of: records of the tenant register.
  public static let none = InformationType(rawValue: 0)
  /// Health: diagnoses, treatment, assistive aids.
  public static let health = InformationType(rawValue: 1)
  /// School and the educational-psychological service.
  public static let school = InformationType(rawValue: 2)
  /// Social services.
  public static let social = InformationType(rawValue: 3)
  /// Money: grants, lost earnings, costs.
  public static let economy = InformationType(rawValue: 4)
  /// The family's plan and its goals.
  public static let plan = InformationType(rawValue: 5)
  /// Who does what when: steps, meetings, participants.
  public static let coordination = InformationType(rawValue: 6)
  /// Employment and benefits of the parents.
  public static let employment = InformationType(rawValue: 7)
  /// Day care.
  public static let dayCare = InformationType(rawValue: 8)

  /// The known types with the names that protocol and command line use.
  public static let names: [(type: InformationType, name: String)] = [
    (.none, "none"), (.health, "health"), (.school, "school"), (.social, "social"), (.economy, "economy"),
    (.plan, "plan"), (.coordination, "coordination"), (.employment, "employment"), (.dayCare, "day_care"),
  ]

  /// The name that protocol and command line use; `nil` for a type that this version does not know.
  public var name: String? { Self.names.first { $0.type == self }?.name }

  /// Finds a type by the name that protocol and command line use.
  public init?(name: String) {
    guard let known = Self.names.first(where: { $0.name == name }) else { return nil }
    self = known.type
  }
}
