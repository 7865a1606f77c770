/// A caseload as read: its events in the order of the file, and what could not be read.
public struct CaseloadFile: Sendable, Hashable {
  /// The events that could be read.
  public internal(set) var events: [CaseloadEvent] = []
  /// The lines that could not be read. A file with errors is for its author to put right, not to import in
  /// part.
  public internal(set) var errors: [CaseloadError] = []
  /// What was read and left out.
  public internal(set) var notices: [CaseloadNotice] = []
}
