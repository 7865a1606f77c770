import CRDT
import CaseModel
import Testing

/// What nobody can mean: names that say nothing, and codes that a field does not know.
@Suite struct DraftCheckTests {
  private func draft(_ field: FieldDefinition, _ text: String, _ kind: RecordKind) -> RecordDraft {
    var draft = RecordDraft.new(kind, id: Identifier(1), in: Identifier(2))
    draft.write(field, text)
    return draft
  }

  @Test(arguments: ["", " ", "\t\n", "\u{200B}", "\u{00A0}\u{2060}"]) func aNameSaysSomething(text: String) {
    for (field, kind) in [
      (Field.Case.label, RecordKind.case), (Field.Child.name, .child), (Field.Person.name, .person),
      (Field.Goal.title, .goal), (Field.Task.title, .task),
    ] {
      let draft = draft(field, text, kind)
      #expect(throws: RecordDraft.Fault.blank(field), "\(field.name)") { try draft.check() }
    }
  }

  @Test func aCodeIsOneOfTheFieldsOwn() throws {
    let wrong = draft(Field.Task.status, "gjort", .task)
    #expect(throws: RecordDraft.Fault.noSuchCode("gjort", Field.Task.status)) { try wrong.check() }
    for status in TaskStatus.allCases { try draft(Field.Task.status, status.rawValue, .task).check() }
    // An open list takes any word, and a field is cleared as before.
    try draft(Field.Relative.relation, "stepmother", .relative).check()
    var cleared = RecordDraft.new(.task, id: Identifier(1), in: Identifier(2))
    cleared.clear(Field.Task.status)
    cleared.clear(Field.Task.title)
    try cleared.check()
  }

  /// No field names its codes twice, and only codes have any.
  @Test func theCodesAreWellFormed() {
    for definition in RecordKind.definitions {
      for field in definition.fields where !field.codes.isEmpty {
        #expect(field.valueType == .code && Set(field.codes).count == field.codes.count, "\(field.name)")
      }
    }
  }
}
