import CRDT

extension CaseFile {
  /// A round of a case has one assessment of the same children, into which all write: a second one is there
  /// when who began it had not seen the first. One that says nothing, as after it was taken back, is none.
  var assessmentsBegunTwice: [SemanticConflict] {
    let repetitions = Set(all(.majorChange).compactMap(Self.repetition))
    return repeated(assessments.filter(Self.says)) { assessment in
      assessment.day(Field.Assessment.heldOn).map { day in
        AssessmentPlace(
          about: Set(assessment.about), child: assessment.identifier(Field.Assessment.child),
          round: repetitions.count { $0 <= day })
      }
    }
    .filter { Set($0.map(\.creator)).count > 1 }
    .flatMap { conflict(.assessmentBegunTwice, $0.map { ($0, Field.Assessment.heldOn) }) }
  }

  /// What an assessment is of.
  private struct AssessmentPlace: Hashable {
    let about: Set<Identifier>
    let child: Identifier?
    let round: Int
  }

  /// The day from which a major change repeats steps.
  private static func repetition(_ change: CaseRecord) -> CalendarDay? {
    guard change.boolean(Field.MajorChange.isConfirmed) == true else { return nil }
    return change.day(Field.MajorChange.decidedOn) ?? change.day(Field.MajorChange.happenedOn)
  }

  private static func says(_ assessment: CaseRecord) -> Bool {
    (assessment.kind.definition?.fields ?? []).contains { field in
      field.valueType == .text && assessment.text(field)?.isEmpty == false
    }
  }
}
