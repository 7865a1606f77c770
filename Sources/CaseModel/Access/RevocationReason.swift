/// Why the access of a device ended. Numbers are given once and never reused.
public enum RevocationReason: UInt32, Hashable, Sendable, CaseIterable {
  /// Its person does not work here any more.
  case left = 1
  /// Its person has another device instead.
  case replaced = 2
  /// It was stolen or lost, or is in other hands: what it says is not taken for its person's.
  case stolen = 3

  /// The name that protocol and command line use.
  public var name: String {
    switch self {
    case .left: "left"
    case .replaced: "replaced"
    case .stolen: "stolen"
    }
  }

  /// Finds a reason by the name that protocol and command line use.
  public init?(name: String) {
    guard let known = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = known
  }
}
