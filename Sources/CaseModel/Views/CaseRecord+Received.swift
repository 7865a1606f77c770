public import CRDT

extension CaseRecord {
  /// When the server received the latest that the record shows, in milliseconds since 1970; `nil` as long as
  /// it has received nothing of it.
  ///
  /// - Parameter author: an account whose own writing is passed over.
  /// - Complexity: O(live operations + spans of its texts)
  public func lastReceived(besides author: Identifier? = nil) -> Int64? {
    var latest: Int64?
    func note(_ writer: Identifier, _ receivedAt: Int64?) {
      guard writer != author, let receivedAt else { return }
      latest = max(latest ?? receivedAt, receivedAt)
    }
    for operations in state.fields.values {
      for operation in operations {
        let context = operation.context
        note(context.origin?.author ?? context.author, context.receivedAt)
      }
    }
    for text in state.texts.values {
      for writing in text.writings { note(writing.authorship.author, writing.authorship.receivedAt) }
    }
    return latest
  }
}
