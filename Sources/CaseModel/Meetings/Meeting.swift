public import CRDT

/// A meeting in a case, called or held (R5, R13, R21, R34).
public struct Meeting: Sendable, Hashable {
  /// How a meeting stands.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// It is called and has not been held.
    case called
    /// It was held.
    case held
    /// It was called off.
    case cancelled
  }

  /// The record.
  public let record: CaseRecord
  /// How it stands.
  public let standing: Standing
  /// The day on which it was held; `nil` as long as nothing says so.
  public let heldOn: CalendarDay?
  /// The day for which it is called.
  public let plannedOn: CalendarDay?
  /// The day on which it was called off.
  public let cancelledOn: CalendarDay?
  /// Who called it.
  public let calledBy: Identifier?
  /// The time of day.
  public let time: String?
  /// The persons who are called, each once.
  public let invited: [Identifier]
  /// Those who said that they come.
  public let accepted: [Identifier]
  /// Those who said that they do not.
  public let refused: [Identifier]
  /// The persons who were there, as far as it was held and somebody wrote it down.
  public let present: [Identifier]
  /// Who else was there, by name or part.
  public let alsoPresent: [String]
  /// Whether it is meant as one with the parents; `nil` where nothing says so. Whether they were there its
  /// attendance says (`CaseFile.isWithParents`).
  public let withParents: Bool?

  /// Reads a meeting; `nil` for a record of another kind.
  public init?(_ record: CaseRecord) {
    guard let fields = MeetingFields.of(record.kind) else { return nil }
    self.record = record
    heldOn = record.day(fields.heldOn)
    plannedOn = record.day(fields.plannedOn)
    cancelledOn = record.day(fields.cancelledOn)
    calledBy = record.identifier(fields.calledBy)
    standing = heldOn != nil ? .held : cancelledOn != nil ? .cancelled : .called
    time = record.text(fields.time)
    invited = record.identifiers(fields.invited)
    refused = record.identifiers(fields.refused)
    let refused = Set(refused)
    accepted = record.identifiers(fields.accepted).filter { !refused.contains($0) }
    present = record.identifiers(fields.participants)
    alsoPresent = record.texts(fields.attendees)
    withParents =
      record.kind == .analysisMeeting ? record.boolean(Field.AnalysisMeeting.withParents) : true
  }

  /// The day on which it was held, or else for which it is called; `nil` when nothing says so.
  public var day: CalendarDay? { heldOn ?? plannedOn }

  /// Whether a person called it, or is called to it and did not say that she does not come.
  public func concerns(_ person: Identifier) -> Bool {
    calledBy == person || invited.contains(person) && !refused.contains(person)
  }

  /// Those who were called and have not answered.
  public var unanswered: [Identifier] {
    let answered = Set(accepted + refused)
    return invited.filter { !answered.contains($0) }
  }
}
