extension StatusMemo {
  /// The memo's numbers with their stable names, in the order in which they are printed.
  public var table: ReportTable {
    var table = ReportTable(columns: ["figure", "value"], charted: "value")
    var places: [String: ReportTable.Place] = [:]
    func add(_ key: String, _ cell: ReportTable.Cell) {
      places[key] = table.next(1)
      table.rows.append([.code(key), cell])
    }
    for (key, value) in figures.rows { add(key, .count(value)) }
    add("children_discharged", .count(childrenDischarged))
    add("children_enrolled_in_period", .count(childrenEnrolledInPeriod))
    add("children_discharged_in_period", .count(childrenDischargedInPeriod))
    add("families_discharged_in_period", .count(familiesDischargedInPeriod))
    add("families_accepted", .count(familiesAccepted))
    add("families_refused", .count(familiesRefused))
    add("families_unanswered", .count(familiesUnanswered))
    let answers = ["families_accepted", "families_refused"].compactMap { places[$0] }
    add("acceptance_percent", acceptance.map { .derived($0, from: answers) } ?? .none)
    add("assessment_meetings_in_period", .count(assessmentMeetingsInPeriod))
    add("analysis_meetings_in_period", .count(analysisMeetingsInPeriod))
    add("interruptions", .figure(interruptions.count))
    add("interrupted_days", .figure(interruptedDays))
    add("training_days_held", .figure(trainingDaysHeld))
    add("training_days_left", .figure(trainingDaysLeft))
    table.sums = Self.sums.compactMap { total, parts in
      places[total].map { ReportTable.Sum($0, of: parts.compactMap { places[$0] }) }
    }
    return table
  }

  /// Which figures add up to which, as far as every caseload goes that was kept as it should be.
  private static let sums: [(String, [String])] = [
    ("children_ever", ["children_enrolled", "children_discharged"]),
    ("families_ever", ["families_enrolled", "families_discharged"]),
    ("families_offered", ["families_accepted", "families_refused", "families_unanswered"]),
    ("families_offered", ["families_accepted", "families_declined", "families_unanswered"]),
  ]
}
