/// Where a family stands.
public enum CaseStatus: String, Sendable, Hashable, CaseIterable {
  /// The case is open, and nothing was offered.
  case open
  /// The family was asked (R43).
  case offered
  /// The family said yes and no child is enrolled yet.
  case accepted
  /// The family said no.
  case declined
  /// At least one child is enrolled.
  case enrolled
  /// Children were enrolled and none is any more (R44).
  case discharged
}
