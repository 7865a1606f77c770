/// One of the equal times within each of which something is to be done once.
public struct CadenceWindow: Sendable, Hashable {
  /// How a window stands on a day.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// It was done in time; a late entry of what was done then counts.
    case held
    /// It was not, and what was done next says why (`Field.Contact.lateReason`).
    case late
    /// It was not, and nothing says why.
    case missed
    /// It need not be: the work stood still for half of it or more, or the family left before its end.
    case excused
    /// It was not done yet, and there is time.
    case open
  }

  /// The first day.
  public let first: CalendarDay
  /// The last day on which it is done in time.
  public let last: CalendarDay
  /// The day on which it was first done in it.
  public let heldOn: CalendarDay?
  /// How it stands.
  public internal(set) var standing: Standing
}
