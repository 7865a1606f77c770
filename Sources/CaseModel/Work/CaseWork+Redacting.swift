public import CRDT

/// Taking single sentences out of what was written, for good.
extension CaseWork {
  /// Redacts a note: what is left is written as a note of its own, in the same words about the same persons,
  /// and the old one is proposed for erasure with all its history and the files that belong to it. A second
  /// person confirms it, as any erasure.
  ///
  /// What was withheld of the old note, and to whom alone it was open, holds for the new one. What was
  /// released by name is not: whoever may read the new one is said anew.
  ///
  /// - Parameters:
  ///   - text: what is left.
  ///   - title: the title that it has from now on.
  ///   - file: the case, with what restricts the note.
  public static func redact(
    note: CaseRecord, to text: String, title: String?, ground: String, in file: CaseFile,
    identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    let id = identify("note")
    var left = RecordDraft.new(
      .note, id: id, in: file.id, about: note.about, informationType: note.informationType)
    left.write(Field.Note.text, text)
    left.write(Field.Note.title, title)
    left.write(Field.Note.writtenFor, note.day(Field.Note.writtenFor))
    left.write(Field.Note.concerns, note.identifier(Field.Note.concerns))
    let withheld = file.all(.withholding).filter {
      $0.identifiers(Field.Withholding.records).contains(note.id)
    }
    let restrictions = withheld.map { withholding in
      var change = RecordDraft.change(withholding)
      change.add(Field.Withholding.records, [id])
      return change
    }
    let classified = file.all(.reclassification).filter {
      $0.identifier(Field.Reclassification.record) == note.id
    }
    return [left] + restrictions + classified.map { copy($0, to: id, identify) }
      + [
        erase(
          id: identify("erasure"), in: file.id, records: [note.id] + files(of: note, in: file), ground: ground
        )
      ]
  }

  /// The files that belong to a note: what is taken out of it may stand in them.
  public static func files(of note: CaseRecord, in file: CaseFile) -> [Identifier] {
    file.all(.attachment).filter { $0.identifier(Field.Attachment.belongsTo) == note.id }.map(\.id)
  }

  /// The same reclassification of another record.
  private static func copy(
    _ reclassification: CaseRecord, to record: Identifier, _ identify: (_ purpose: String) -> Identifier
  ) -> RecordDraft {
    typealias Fields = Field.Reclassification
    var draft = RecordDraft.new(
      .reclassification, id: identify("reclassification"), in: reclassification.caseID,
      about: reclassification.about)
    draft.write(Fields.record, record)
    for field in Fields.all where field.kind == .set {
      draft.operations += reclassification.state.elements(field.id).map {
        Operation(field: field.id, action: .add($0))
      }
    }
    return draft
  }
}
