public import CRDT

/// Files that belong to a case.
extension CaseWork {
  /// Attaches a file; its bytes travel apart from the record.
  ///
  /// - Parameters:
  ///   - name: what the file is called.
  ///   - digest: SHA-256 of its bytes, 32 bytes.
  ///   - record: the record that it belongs to, whose information type and persons it shares.
  public static func attachment(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], name: String, mediaType: String,
    size: Int, digest: [UInt8], to record: CaseRecord? = nil, informationType: InformationType? = nil,
    on day: CalendarDay
  ) -> RecordDraft {
    let shared = record.flatMap { $0.informationType == .none ? nil : $0.informationType }
    var attachment = RecordDraft.new(
      .attachment, id: id, in: caseID, about: record?.about ?? about,
      informationType: informationType ?? shared)
    attachment.write(Field.Attachment.name, name)
    attachment.write(Field.Attachment.mediaType, mediaType)
    attachment.write(Field.Attachment.size, size)
    attachment.write(Field.Attachment.digest, Value.bytes(digest))
    attachment.write(Field.Attachment.belongsTo, record?.id)
    attachment.write(Field.Attachment.attachedOn, day)
    return attachment
  }
}
