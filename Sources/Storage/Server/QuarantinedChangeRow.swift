import CRDT
import GRDB
import Replication
import WireProtocol

/// A change that waits for a person, as a row holds it: sealed as its record is.
enum QuarantinedChangeRow {
  /// What `read` takes: from the table `q`, with the record's row as `r`.
  static let columns = "r.wire, r.key_id, q.digest, q.content"

  /// - Throws: `StorageError`: `damaged` when it is not the change of that digest; as `RecordKeys.seal`.
  static func read(_ row: ResultRow, keys: RecordKeys) throws -> OfferedChange {
    let record = try row.identifier(0)
    let digest = try row.digest(2)
    let bytes = try keys.seal(of: record, try row.key(1))
      .open(try row.sealed(3), at: .quarantinedChange(digest: digest.firstWord))
    guard let message = try? WireOfferedChange(serializedBytes: bytes),
      let change = try? OfferedChange(message), change.digest == digest
    else { throw StorageError(.damaged, record: record) }
    return change
  }
}

extension ServerVerification {
  /// Reads every change that waits for a person. Those whose record was erased are passed over.
  mutating func checkQuarantine(_ db: Database) throws {
    let findings = try db.all(
      """
      SELECT \(QuarantinedChangeRow.columns) FROM quarantined_change q LEFT JOIN record r ON r.id = q.record
      """, []
    ) { row -> Identifier? in
      do {
        _ = try QuarantinedChangeRow.read(row, keys: keys)
        return nil
      } catch let error as StorageError where error.code == .erased {
        return nil
      } catch {
        return (try? row.identifier(0)) ?? Identifier(high: 0, low: 0)
      }
    }
    for case let record? in findings { report.add(.change, record: record) }
  }
}
