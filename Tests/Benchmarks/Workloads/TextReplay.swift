import CRDT
import WireProtocol

/// The `text` workload: a sequential trace, edited patch by patch in one replica, its history, and what a
/// fresh replica does with that.
struct TextReplay {
  /// How large a change may be; what is typed beyond goes into the next one.
  private static let changeBytes = 60_000

  private let patches: [EditingTrace.Patch]

  init(_ trace: EditingTrace) { patches = trace.txns.flatMap(\.patches) }

  var edits: Int { patches.count }

  /// Edits the text as a person does who saves now and then: a change is full, or the work is done.
  func edit() throws -> (replica: RecordReplica, changes: [EncodedChange]) {
    var replica = RecordReplica()
    var author = TextAuthor(ActorID(rawValue: .random(in: 1 ... .max)))
    var changes: [EncodedChange] = []
    func save(_ editor: TextEditor) throws {
      let time = 1_600_000_000_000 + Int64(changes.count)
      guard let change = try author.change(editor, on: replica.shown, at: time) else { return }
      changes.append(change)
      replica.write(try change.decoded())
    }
    var editor = author.editor(replica.shown)
    for patch in patches {
      if editor.byteCountMax + patch.inserted.utf8.count > Self.changeBytes {
        try save(editor)
        editor = author.editor(replica.shown)
      }
      try editor.apply(patch)
    }
    try save(editor)
    return (replica, changes)
  }
}
