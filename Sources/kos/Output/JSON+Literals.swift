extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
  /// Makes a text.
  init(stringLiteral value: String) { self = .string(value) }
  /// Makes a truth value.
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// Makes a number.
  init(integerLiteral value: Int64) { self = .integer(value) }
}
