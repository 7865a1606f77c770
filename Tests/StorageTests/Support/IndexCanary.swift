import GRDB
import Testing

/// Looks through every column of every index, the keys of tables without row numbers among them, for what
/// `RandomWriter` writes.
func expectNoCanary(inIndicesOf database: DatabaseQueue) throws {
  try database.read { db in
    var looked = 0
    for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'") {
      for index in try Row.fetchAll(db, sql: "PRAGMA index_list(\(table))") {
        let columns = try Row.fetchAll(db, sql: "PRAGMA index_info(\(index["name"] as String))")
          .compactMap { $0["name"] as String? }
        for column in columns {
          looked += 1
          let found = try Int.fetchOne(
            db,
            sql: """
              SELECT count(*) FROM \(table)
              WHERE instr(CAST(\(column) AS BLOB), CAST('\(RandomWriter.canary)' AS BLOB)) > 0
                OR typeof(\(column)) = 'blob' AND length(\(column)) <> 16
                OR typeof(\(column)) = 'text' AND '\(table)' NOT IN ('meta', 'marker')
              """)
          #expect(found == 0, "\(table).\(column)")
        }
      }
    }
    #expect(looked > 8)
    // The canary is there to be found at all; a replica's values are sealed (`SealedAtRestTests`).
    guard try db.tableExists("segment") else { return }
    let (table, column) = ("segment", "packed")
    let payloads = try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM \(table) WHERE instr(\(column), CAST('\(RandomWriter.canary)' AS BLOB)) > 0
        """)
    #expect((payloads ?? 0) > 0)
  }
}
