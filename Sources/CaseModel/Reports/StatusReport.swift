/// The status memo's figures from history (R64).
public enum StatusReport {
  /// Counts what had happened by a day.
  ///
  /// It reads milestones only, so a leader who takes part in no case gets the same figures as one who takes
  /// part in all of them.
  ///
  /// - Parameters:
  ///   - records: the tenant's records, in any order.
  ///   - day: the last day that counts, by when things happened and not when they were written.
  ///   - start: the first day of the period of new enrolments; without it the period has no beginning.
  /// - Complexity: O(n log n)
  public static func figures(
    _ records: some Sequence<CaseRecord>, at day: CalendarDay, from start: CalendarDay? = nil
  ) -> StatusFigures {
    figures(CaseStock(records: records.filter { $0.kind.isMilestone }), at: day, from: start)
  }

  /// Counts what had happened by a day in a case stock.
  public static func figures(
    _ stock: CaseStock, at day: CalendarDay, from start: CalendarDay? = nil
  ) -> StatusFigures {
    var figures = StatusFigures()
    for file in stock.files.values {
      count(file.enrolmentHistory, at: day, from: start ?? .min, into: &figures)
      figures.assessmentMeetings += held(
        file.all(.assessmentMeeting), Field.AssessmentMeeting.heldOn, by: day)
      figures.analysisMeetings += held(file.all(.analysisMeeting), Field.AnalysisMeeting.heldOn, by: day)
      let offers = file.all(.offer)
      let refusals = offers.filter { $0.text(Field.Offer.answer) == Code.declined }
      figures.familiesOffered += held(offers, Field.Offer.offeredOn, by: day) > 0 ? 1 : 0
      figures.familiesDeclined += held(refusals, Field.Offer.answeredOn, by: day) > 0 ? 1 : 0
    }
    return figures
  }

  private static func count(
    _ history: EnrolmentHistory, at day: CalendarDay, from start: CalendarDay,
    into figures: inout StatusFigures
  ) {
    let ever = history.everEnrolled(at: day)
    let enrolled = history.enrolled(at: day)
    figures.childrenEver += history.children(ever).count
    figures.familiesEver += ever.isEmpty ? 0 : 1
    figures.childrenEnrolled += history.children(enrolled).count
    figures.familiesEnrolled += enrolled.isEmpty ? 0 : 1
    // Whoever closes a case before anybody was enrolled discharges no family.
    figures.familiesDischarged += !ever.isEmpty && history.isDischarged(at: day) ? 1 : 0
    figures.familiesEnrolledInPeriod += history.becameEnrolled(from: start, through: day) ? 1 : 0
  }

  private static func held(_ records: [CaseRecord], _ field: FieldDefinition, by day: CalendarDay) -> Int {
    records.count { record in record.day(field).map { $0 <= day } ?? false }
  }
}
