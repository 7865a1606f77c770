public import ArgumentParser
public import CaseModel

/// Parses the codes of the domains.
extension ICSDomain: ExpressibleByArgument {}
