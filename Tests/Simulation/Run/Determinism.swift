import Glibc

/// Sets and dictionaries are put in another order in every process, unless the environment says otherwise.
enum Determinism {
  /// Begins the process anew, where it is not set up to do the same every time.
  static func ensure() throws {
    let name = "SWIFT_DETERMINISTIC_HASHING"
    guard getenv(name) == nil else { return }
    setenv(name, "1", 1)
    var arguments = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    execv("/proc/self/exe", arguments)
    throw Violation(.errors, "the process cannot begin anew")
  }
}
