import WireProtocol

/// What an act must come to.
enum Expectation {
  case accepted
  case refused(Set<ErrorCode>)
  /// It depends on what others do meanwhile.
  case either(Set<ErrorCode>)

  func allows(_ refusal: ErrorCode?) -> Bool {
    switch (self, refusal) {
    case (.accepted, nil), (.either, nil): true
    case (.accepted, _?), (.refused, nil): false
    case (.refused(let codes), let code?), (.either(let codes), let code?): codes.contains(code)
    }
  }

  /// Whether records that it creates are there for certain.
  var isCertain: Bool { if case .accepted = self { true } else { false } }
}
