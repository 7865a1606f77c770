import ArgumentParser

/// What a decision says.
enum DecisionOutcome: String, ExpressibleByArgument, CaseIterable {
  case granted
  case grantedInPart = "granted-in-part"
  case refused

  /// The code of `Field.Decision.outcome`.
  var code: String { rawValue.replacing("-", with: "_") }
}
