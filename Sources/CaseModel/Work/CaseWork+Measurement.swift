public import CRDT

/// What measures the work: surveys, training days, interruptions, targets (R64–R67), and what leaves it.
extension CaseWork {
  /// Records one answer to a survey.
  ///
  /// - Parameter answers: by the dimensions' names; what the survey does not ask is left out.
  public static func surveyResponse(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], _ survey: Survey, measurement: Int,
    answers: [String: Int], on day: CalendarDay
  ) -> RecordDraft {
    var response = RecordDraft.new(.surveyResponse, id: id, in: caseID, about: about)
    response.write(Field.SurveyResponse.answeredOn, day)
    response.write(Field.SurveyResponse.respondent, survey.rawValue)
    response.write(Field.SurveyResponse.measurement, measurement)
    for field in survey.dimensions { response.write(field, answers[field.name]) }
    return response
  }

  /// Records a training day, planned or held.
  public static func trainingDay(
    id: Identifier, title: String, plannedOn: CalendarDay? = nil, heldOn: CalendarDay? = nil
  ) -> RecordDraft {
    var training = RecordDraft.new(.trainingDay, id: id, in: nil)
    training.write(Field.TrainingDay.plannedOn, plannedOn)
    training.write(Field.TrainingDay.heldOn, heldOn)
    training.write(Field.TrainingDay.title, title)
    return training
  }

  /// Records that a training day was held.
  public static func hold(trainingDay: CaseRecord, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(trainingDay)
    change.write(Field.TrainingDay.heldOn, day)
    return change
  }

  /// Records that the work stands still, from a day and perhaps until one.
  public static func interruption(
    id: Identifier, cause: String, from start: CalendarDay, until end: CalendarDay? = nil
  ) -> RecordDraft {
    var interruption = RecordDraft.new(.interruption, id: id, in: nil)
    interruption.write(Field.Interruption.fromDay, start)
    interruption.write(Field.Interruption.untilDay, end)
    interruption.write(Field.Interruption.cause, cause)
    return interruption
  }

  /// Records the last day of an interruption.
  public static func end(interruption: CaseRecord, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(interruption)
    change.write(Field.Interruption.untilDay, day)
    return change
  }

  /// Records what is aimed at: a figure of the status memo by a day.
  public static func target(
    id: Identifier, figure: StatusFigures.CodingKeys, value: Int, by day: CalendarDay
  ) -> RecordDraft {
    var target = RecordDraft.new(.target, id: id, in: nil)
    target.write(Field.Target.dueOn, day)
    target.write(Field.Target.figure, figure.rawValue)
    target.write(Field.Target.value, value)
    return target
  }

  /// Records what leaves the system on paper or in a file (R25).
  ///
  /// - Parameters:
  ///   - form: what it is, such as `plan` or `decision`.
  ///   - records: those that it shows.
  ///   - recipient: for whom, where it is one person of the case.
  ///   - label: for whom otherwise.
  public static func disclosure(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], form: String, records: [Identifier],
    to recipient: Identifier? = nil, label: String? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var disclosure = RecordDraft.new(.disclosure, id: id, in: caseID, about: about)
    disclosure.write(Field.Disclosure.madeOn, day)
    disclosure.write(Field.Disclosure.form, form)
    disclosure.add(Field.Disclosure.records, records)
    disclosure.write(Field.Disclosure.recipient, recipient)
    disclosure.write(Field.Disclosure.recipientLabel, label)
    return disclosure
  }
}
