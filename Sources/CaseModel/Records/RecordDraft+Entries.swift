/// The most changes that one journal entry holds, and so the most drafts of one act: an entry has one
/// verdict, and the server decides on it as a whole.
public let entryDraftsMax = 64

/// From how many bytes of content on no further draft is put into the same entry. With one more draft it
/// stays well within a message.
private let entryContentBytes = 131_072

extension RecordDraft {
  /// Splits drafts into entries of at most 64 and of no more content than fits into a message, in order. Only
  /// acts that may be accepted in part, such as an import, are split; the later entries refer to records that
  /// the first created.
  public static func entries(of drafts: [RecordDraft], max: Int = entryDraftsMax) -> [[RecordDraft]] {
    let size = Swift.max(1, Swift.min(max, entryDraftsMax))
    var entries: [[RecordDraft]] = []
    var byteCount = 0
    for draft in drafts {
      if let last = entries.last, last.count < size, byteCount < entryContentBytes {
        entries[entries.count - 1].append(draft)
      } else {
        entries.append([draft])
        byteCount = 0
      }
      byteCount += draft.contentByteCount
    }
    return entries
  }

  /// About how many bytes the draft takes in a message.
  private var contentByteCount: Int {
    operations.reduce(256 + 20 * about.count) { sum, operation in
      switch operation.action {
      case .assign(.text(let text)), .add(.text(let text)), .decide(.text(let text)):
        sum + text.utf8.count + 32
      case .edit(let edit): sum + edit.text.utf8.count + 32 * edit.steps.count
      default: sum + 64
      }
    }
  }
}
