import GRDB

/// Taking another key for the store.
extension ReplicaStore {
  /// Seals anew, under the newest key, all that was sealed under an older one; then the older ones can be
  /// forgotten. The store was opened with both, and the key file has both. It can be broken off anywhere and
  /// called again. Another process that has the store open with the older keys alone meets `foreignKey`, and
  /// must open it again.
  ///
  /// - Complexity: O(what is sealed), some rows a transaction.
  /// - Throws: `StorageError`: `damaged` or `foreignKey` where something does not open; it stays as it is.
  public func reseal() throws {
    for column in SealedColumn.all { while try resealSome(of: column) {} }
  }

  private static let resealedRows = 200

  /// - Returns: whether there may be more.
  private func resealSome(of column: SealedColumn) throws -> Bool {
    try writing { db, _ in
      let older = try db.all(
        column.query + " WHERE substr(\(column.name), 2, 4) <> ? LIMIT \(Self.resealedRows)",
        [.blob(sealed.currentKeyID)]
      ) { row in (key: try row.value(0), value: try row.sealed(1), place: try column.place(row)) }
      for row in older {
        let anew = try sealed.sealed(try sealed.opened(row.value, at: row.place), at: row.place)
        try sealed.removed(row.value)
        try db.run(column.update, [.sealed(anew), row.key])
        try sealed.wrote(anew)
      }
      return older.count == Self.resealedRows
    }
  }
}

/// A column of sealed values, apart from the sum over them.
private struct SealedColumn: Sendable {
  let name: String
  /// Gives the row's key, the value, and what its place is made of.
  let query: String
  let place: @Sendable (ResultRow) throws -> SealedPlace
  /// Takes the value and the row's key.
  let update: String

  static let all = [
    SealedColumn(
      name: "s.content",
      query: "SELECT s.record, s.content, r.wire FROM snapshot s JOIN record r ON r.id = s.record",
      place: { .snapshot(of: try $0.identifier(2)) },
      update: "UPDATE snapshot SET content = ? WHERE record = ?"),
    SealedColumn(
      name: "content", query: "SELECT id, content, record, actor, number FROM change",
      place: { .change(recordRow: try $0.integer(2), try $0.actor(3), number: try $0.unsigned(4)) },
      update: "UPDATE change SET content = ? WHERE id = ?"),
    SealedColumn(
      name: "digest", query: "SELECT id, digest, record FROM attachment",
      place: { .attachmentDigest(of: try $0.identifier(2)) },
      update: "UPDATE attachment SET digest = ? WHERE id = ?"),
    SealedColumn(
      name: "content", query: "SELECT id, content, attachment, start FROM attachment_chunk",
      place: { .attachmentChunk(attachment: try $0.integer(2), start: try $0.unsigned(3)) },
      update: "UPDATE attachment_chunk SET content = ? WHERE id = ?"),
    SealedColumn(
      name: "content", query: "SELECT id, content FROM opening", place: { .opening(try $0.integer(0)) },
      update: "UPDATE opening SET content = ? WHERE id = ?"),
    SealedColumn(
      name: "value", query: "SELECT name, value FROM marker", place: { .marker(try $0.text(0)) },
      update: "UPDATE marker SET value = ? WHERE name = ?"),
    SealedColumn(
      name: "value",
      query: "SELECT key, value FROM (SELECT key, value FROM meta WHERE key IN ('replica', 'progress'))",
      place: { row in
        guard let part = ReplicaMeta.Part(rawValue: try row.text(0)) else { throw StorageError(.damaged) }
        return .meta(part)
      }, update: "UPDATE meta SET value = ? WHERE key = ?"),
  ]
}
