import CRDT

/// The versions of workflows that leaders adopted.
extension CaseStock {
  /// All of them, in order of adoption, version and id.
  public var workflows: [CaseRecord] {
    (register[.workflow] ?? []).sorted { left, right in
      let days = (left.day(Field.Workflow.adoptedOn) ?? .min, right.day(Field.Workflow.adoptedOn) ?? .min)
      if days.0 != days.1 { return days.0 < days.1 }
      let versions = (left.integer(Field.Workflow.version) ?? 0, right.integer(Field.Workflow.version) ?? 0)
      return versions.0 == versions.1 ? left.id < right.id : versions.0 < versions.1
    }
  }

  /// The one that a case which begins on a day follows; `nil` while none was adopted.
  public func newestWorkflow(on day: CalendarDay) -> CaseRecord? {
    workflows.last { $0.day(Field.Workflow.adoptedOn).map { $0 <= day } == true }
  }

  /// The one that a case follows; `nil` when it names none, or one that this person does not hold.
  public func workflow(of file: CaseFile) -> CaseRecord? {
    guard let id = file.head?.identifier(Field.Case.workflow) else { return nil }
    return register[.workflow]?.first { $0.id == id }
  }
}
