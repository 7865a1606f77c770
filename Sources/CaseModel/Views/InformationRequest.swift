/// A request for information as it stands (R18).
public struct InformationRequest: Sendable, Hashable {
  /// How a request stands on a day.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// It is waited for.
    case requested
    /// It is waited for and was due.
    case overdue
    /// It came.
    case received
    /// The case goes on without it.
    case waived
  }

  /// The record.
  public let record: CaseRecord
  /// What was asked for.
  public let what: String?
  /// The day on which it was asked for.
  public let requestedOn: CalendarDay?
  /// The day by which it should be there.
  public let dueOn: CalendarDay?
  /// The day on which it came.
  public let receivedOn: CalendarDay?
  /// The day on which it was decided to do without.
  public let waivedOn: CalendarDay?

  /// Reads a request; `nil` for a record of another kind.
  public init?(_ record: CaseRecord) {
    guard record.kind == .informationRequest else { return nil }
    self.record = record
    what = record.text(Field.InformationRequest.what)
    requestedOn = record.day(Field.InformationRequest.requestedOn)
    dueOn = record.day(Field.InformationRequest.dueOn)
    receivedOn = record.day(Field.InformationRequest.receivedOn)
    waivedOn = record.day(Field.InformationRequest.waivedOn)
  }

  /// Whether it neither came nor was waived, whenever that is looked at.
  public var isOpen: Bool { receivedOn == nil && waivedOn == nil }

  /// The day on which it came, or it was decided to do without, whichever was first.
  public var closedOn: CalendarDay? { [receivedOn, waivedOn].compactMap { $0 }.min() }

  /// How it stands on a day. What comes later than the day has not come.
  public func standing(on day: CalendarDay) -> Standing {
    if let receivedOn, receivedOn <= day { return .received }
    if let waivedOn, waivedOn <= day { return .waived }
    return dueOn.map { $0 < day } == true ? .overdue : .requested
  }

  /// Whether it is waited for on a day.
  public func isOpen(on day: CalendarDay) -> Bool {
    let standing = standing(on: day)
    return standing == .requested || standing == .overdue
  }
}

extension CaseFile {
  /// The requests for information, by the day on which they are due.
  public var informationRequests: [InformationRequest] {
    all(.informationRequest).compactMap(InformationRequest.init)
      .sorted(by: { $0.dueOn ?? .max }, then: \.record.id)
  }
}
