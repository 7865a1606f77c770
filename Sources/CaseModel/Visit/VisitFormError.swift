/// What is wrong with a form of a visit, and on which line.
public struct VisitFormError: Error, Sendable, Hashable {
  /// What is wrong.
  public enum Problem: Sendable, Hashable {
    /// There is text before any heading.
    case noHeading
    /// It looks like a heading with a slip of the pen: this one.
    case misspelt(String)
    /// The heading may stand once only.
    case twice
    /// The family has no goal of that number.
    case noGoal(Int)
    /// It is no day such as 2020-07-01.
    case badDay
    /// A task does not say what is to be done.
    case emptyTask
    /// Nothing stands in it.
    case empty
    /// It has more lines than a form has.
    case tooLong
  }

  /// The line, from 1; 0 for the form as a whole.
  public let line: Int
  /// What is wrong.
  public let problem: Problem

  /// Names a problem.
  public init(line: Int, _ problem: Problem) {
    self.line = line
    self.problem = problem
  }
}
