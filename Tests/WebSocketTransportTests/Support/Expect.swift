import Testing

/// Compares the answer of a mutating call, which `#expect` itself cannot make.
func expect<T: Equatable>(_ actual: T, _ expected: T, at location: SourceLocation = #_sourceLocation) {
  #expect(actual == expected, sourceLocation: location)
}
