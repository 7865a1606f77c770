/// What came of checking the signatures of a staged group. There is no other way to have one, and without one
/// a group cannot be taken as committed.
public struct SignatureCheck: Sendable {
  /// Which submissions of the group have a signature that does not fit.
  let invalid: Set<Int>

  /// Whether every signature fits.
  public var isPassed: Bool { invalid.isEmpty }

  init(invalid: Set<Int>) { self.invalid = invalid }
}
