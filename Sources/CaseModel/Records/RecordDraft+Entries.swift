/// The most changes that one journal entry holds, and so the most drafts of one act: an entry has one
/// verdict, and the server decides on it as a whole.
public let entryDraftsMax = 64

extension RecordDraft {
  /// Splits drafts into entries of at most 64, in order. Only acts that may be accepted in part, such as an
  /// import, are split; the later entries refer to records that the first created.
  public static func entries(of drafts: [RecordDraft], max: Int = entryDraftsMax) -> [[RecordDraft]] {
    let size = Swift.max(1, Swift.min(max, entryDraftsMax))
    return stride(from: 0, to: drafts.count, by: size).map { start in
      Array(drafts[start..<Swift.min(start + size, drafts.count)])
    }
  }
}
