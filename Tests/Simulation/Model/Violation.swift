/// A promise that was broken.
struct Violation: Error {
  let checker: Checker
  let text: String

  init(_ checker: Checker, _ text: String) {
    self.checker = checker
    self.text = text
  }
}

/// What is checked.
enum Checker: String, CaseIterable {
  /// What was saved, acknowledged or passed on is there after every crash.
  case durability
  /// In the end all who may read a record have it as the server has it.
  case convergence
  /// Every value written is there, unless something that had seen it took its place; nothing else is.
  case values
  /// Nobody shows a change without what its author had seen.
  case causality
  /// Nobody is sent what he may not see, nor what was refused.
  case access
  /// What must be accepted is, what must be refused is, and a verdict stays.
  case verdicts
  /// Work comes to its end once everything works.
  case progress
  /// What a replica says of itself is so.
  case status
  /// Chains, stamps and files are sound.
  case soundness
  /// No part of the program says that it cannot go on, when nothing is broken.
  case errors
}
