/// What policy decided, and the rule that decided it.
public struct AccessVerdict: Sendable, Hashable {
  /// Whether the action is allowed.
  public let isAllowed: Bool
  /// The rule that decided.
  public let rule: AccessRule

  /// A verdict that allows.
  public static func allowed(_ rule: AccessRule) -> AccessVerdict {
    AccessVerdict(isAllowed: true, rule: rule)
  }

  /// A verdict that denies.
  public static func denied(_ rule: AccessRule) -> AccessVerdict {
    AccessVerdict(isAllowed: false, rule: rule)
  }

  /// The rule as the person who asked may know it. That something is withheld from her or closed to her looks
  /// as if she had no part in it: she must not find out by asking.
  public var toldRule: AccessRule {
    switch rule {
    case .withheld, .protectedContact, .outsideAudience, .typeNotReached: .noParticipation
    default: rule
    }
  }
}
