public import CRDT

/// Taking back what stands where it should not.
extension CaseWork {
  /// Takes a record that stands wrong from all but its author: its audience is she alone, so that devices of
  /// others wipe it. A settlement says that, and why.
  ///
  /// - Parameters:
  ///   - author: whose record it is.
  ///   - about: whose data the settlement is about.
  ///   - files: attachments that belong to it, and go the same way.
  public static func enteredInError(
    _ record: CaseRecord, in caseID: Identifier, about: [Identifier] = [], author: Identifier,
    files: [CaseRecord] = [], reason: String?, on day: CalendarDay, identify: () -> Identifier
  ) -> [RecordDraft] {
    let wrong = [record] + files
    let closings = wrong.map { reclassify(id: identify(), in: caseID, record: $0.id, audience: [author]) }
    var settlement = RecordDraft.new(.settlement, id: identify(), in: caseID, about: about)
    settlement.write(Field.Settlement.settledOn, day)
    settlement.write(Field.Settlement.rule, Code.enteredInError)
    settlement.add(Field.Settlement.records, wrong.map(\.id))
    settlement.write(Field.Settlement.outcome, "corrected")
    settlement.write(Field.Settlement.text, reason)
    return closings + [settlement]
  }

  /// A note as it is written anew in another case.
  public static func copy(
    note: CaseRecord, id: Identifier, to caseID: Identifier, about: [Identifier]
  ) -> RecordDraft {
    var copy = RecordDraft.new(
      .note, id: id, in: caseID, about: about, informationType: note.informationType)
    copy.write(Field.Note.text, note.text(Field.Note.text) ?? "")
    copy.write(Field.Note.title, note.text(Field.Note.title))
    copy.write(Field.Note.writtenFor, note.day(Field.Note.writtenFor))
    return copy
  }
}

extension CaseFile {
  /// The records that were taken back: their authors still read them, and nobody else.
  public var takenBack: Set<Identifier> {
    let settlements = all(.settlement).filter { $0.text(Field.Settlement.rule) == Code.enteredInError }
    return Set(settlements.flatMap { $0.identifiers(Field.Settlement.records) })
  }
}
