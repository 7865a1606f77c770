import CaseModel

/// All records of a replica as they were shown at one moment: a command asks for them more than once, and to
/// open thousands takes longer than to judge them.
final class ShownRecords {
  /// The store's version before they were read, so that they are never older than it says.
  let version: Int64
  let records: [CaseRecord]
  private(set) lazy var stock = CaseStock(records: records)

  init(version: Int64, records: [CaseRecord]) {
    self.version = version
    self.records = records
  }
}
