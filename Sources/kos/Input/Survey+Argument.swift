public import ArgumentParser
public import CaseModel

/// Parses the codes of the surveys.
extension Survey: ExpressibleByArgument {
  /// Parses a code, with hyphens too.
  public init?(argument: String) {
    self.init(rawValue: String(argument.map { $0 == "-" ? "_" : $0 }))
  }
}
