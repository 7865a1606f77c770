import CRDT

extension CaseFile {
  /// A round of a case has one assessment of the same children, into which all write: a second one is there
  /// when who began it had not seen the first: somebody else, or she herself with another device. One that
  /// says nothing, as after it was taken back, is none.
  var assessmentsBegunTwice: [SemanticConflict] {
    let repetitions = Set(all(.majorChange).compactMap(Self.repetition))
    return repeated(assessments.filter(Self.says)) { assessment in
      assessment.day(Field.Assessment.heldOn).map { day in
        AssessmentPlace(
          about: Set(assessment.about), child: assessment.identifier(Field.Assessment.child),
          round: repetitions.count { $0 <= day })
      }
    }
    .filter(Self.areBegunUnawares)
    .flatMap { conflict(.assessmentBegunTwice, $0.map { ($0, Field.Assessment.heldOn) }) }
  }

  /// Whether any two were begun by different people, or by one with two devices of which neither had the
  /// other's: with a device that has one she writes on in it.
  private static func areBegunUnawares(_ assessments: [CaseRecord]) -> Bool {
    guard Set(assessments.map(\.creator)).count == 1 else { return true }
    let begun = assessments.compactMap { assessment in
      actor(beginning: assessment).map { (record: assessment, actor: $0) }
    }
    return begun.contains { one in
      begun.contains { other in
        one.actor != other.actor && !has(one.actor, writtenIn: other.record, before: one.record.created)
          && !has(other.actor, writtenIn: one.record, before: other.record.created)
      }
    }
  }

  /// The device that created an assessment, by a change that had seen nothing of it; `nil` once nothing of
  /// that change stands.
  private static func actor(beginning assessment: CaseRecord) -> ActorID? {
    let contexts = assessment.state.fields.values.joined().map(\.context)
    let first = contexts.first { ($0.origin?.version ?? $0.version).isEmpty }
    return first.map { $0.origin?.id.actor ?? $0.id.actor }
  }

  /// Whether a device wrote in an assessment before an instant of its own clock, and so had it then. Vectors
  /// count within one record and say nothing of another one.
  private static func has(_ actor: ActorID, writtenIn assessment: CaseRecord, before instant: Int64) -> Bool {
    for context in assessment.state.fields.values.joined().map(\.context) {
      let (id, writtenAt) = context.origin.map { ($0.id, $0.writtenAt) } ?? (context.id, context.writtenAt)
      if id.actor == actor, writtenAt < instant { return true }
    }
    return assessment.state.texts.values.flatMap(\.writings).contains {
      $0.change.actor == actor && $0.authorship.writtenAt < instant
    }
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
