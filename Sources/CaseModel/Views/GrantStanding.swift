/// How a record that gives or takes access stands at an instant, as far as a replica can tell.
public enum GrantStanding: String, Sendable, Hashable, CaseIterable {
  /// It holds.
  case inForce = "in_force"
  /// Its period has not begun.
  case notBegun = "not_begun"
  /// Its period is over.
  case expired
  /// Somebody withdrew the consent.
  case withdrawn
  /// Somebody ended or lifted it.
  case ended
  /// Signatures that the consent needs are missing.
  case awaitsSignatures = "awaits_signatures"
  /// Nobody is recorded who could consent for one of its subjects.
  case noGrantor = "no_grantor"
  /// A second person has not confirmed it.
  case awaitsConfirmation = "awaits_confirmation"
  /// A decision that nobody has issued.
  case prepared
  /// A decision that somebody issued, of which something else stands since: it is issued anew.
  case issueAgain = "issue_again"
  /// The server has not received it, from which on it counts.
  case notReceived = "not_received"
  /// Its legal basis is not in force, or not known here.
  case basisNotInForce = "basis_not_in_force"
  /// It does not say what it must, and gives nothing.
  case incomplete
  /// This replica does not hold what decides it.
  case undetermined
}
