/// Something that an import left out, which a person should know.
public struct CaseloadNotice: Sendable, Hashable {
  /// What was left out.
  public enum Cause: Sendable, Hashable {
    /// An event of a kind that this version does not know; the line was not imported.
    case unknownEvent(String)
    /// Members that this version does not know, in order of name; the rest of the line was imported.
    case unknownKeys([String])
    /// The case has an allocation already; the one in the file is left to a person.
    case allocationStands
  }

  /// The line, counted from 1.
  public let line: Int
  /// What was left out.
  public let cause: Cause
}
