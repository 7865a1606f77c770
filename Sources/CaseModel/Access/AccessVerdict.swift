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
}
