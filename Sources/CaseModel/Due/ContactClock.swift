/// Whether the family was contacted at least once a month since its enrolment (R32), or as often as its
/// workflow says, as far as this replica holds the contacts.
///
/// A contact of any form counts, and so does a meeting at which the family was: an assessment meeting, an
/// analysis meeting at which a parent was, a follow-up meeting.
public struct ContactClock: Sendable, Hashable {
  /// The months, and when the next contact is due.
  public let clock: CadenceClock
  /// The contacts that say what may turn out badly (R33), oldest first.
  public let earlyWarnings: [CaseRecord]

  /// Reads the clock of a case on a day.
  ///
  /// - Complexity: O(n log n) in the case's contacts and meetings.
  public init(
    _ file: CaseFile, interruptions: Interruptions = .none, cadences: Cadences = Cadences(),
    on day: CalendarDay
  ) {
    self.init(
      file, spans: file.enrolmentHistory.spans, interruptions: interruptions, cadences: cadences, on: day)
  }

  init(
    _ file: CaseFile, spans: [DaySpan], interruptions: Interruptions, cadences: Cadences, on day: CalendarDay
  ) {
    clock = CadenceClock(
      spans: spans, cadence: cadences.contact,
      occasions: Self.occasions(file)
        + file.said(done: cadences.contactStep), interruptions: interruptions, on: day)
    earlyWarnings = file.contacts.filter { $0.text(Field.Contact.earlyWarning) != nil }
  }

  /// All that counts as contact with the family.
  static func occasions(_ file: CaseFile) -> [CadenceClock.Occasion] {
    let contacts = file.contacts.compactMap { contact in
      contact.day(Field.Contact.heldOn).map {
        CadenceClock.Occasion(day: $0, saysWhy: contact.text(Field.Contact.lateReason) != nil)
      }
    }
    let meetings = file.meetings.filter { file.isWithParents($0.record) }.compactMap(\.heldOn)
    return contacts + meetings.map { CadenceClock.Occasion(day: $0, saysWhy: false) }
  }
}
