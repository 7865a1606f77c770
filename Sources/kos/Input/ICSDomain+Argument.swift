public import ArgumentParser
public import CaseModel

/// Parses the codes of the domains.
extension ICSDomain: ExpressibleByArgument {}

/// Parses the codes of the dimensions.
extension ICSDimension: ExpressibleByArgument {}
