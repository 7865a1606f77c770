import Storage

/// Everything that a tenant's store holds, held against what was signed, stamped and chained.
public enum TenantCheck {
  /// What was found.
  public struct Report: Sendable {
    private let report: VerificationReport

    init(_ report: VerificationReport) { self.report = report }

    /// Whether all is as it was stored.
    public var isSound: Bool { report.isSound }

    /// What people are told: codes and ids of the system, nothing of content.
    public var text: String {
      let counts = """
        \(report.records) records (\(report.erasedRecords) erased), \(report.changes) changes, \
        \(report.entries) entries, \(report.attachments) attachments and \(report.logRows) rows of the logs \
        of knowing were read.
        """
      if isSound { return counts + " All is as it was stored and signed." }
      let shown = report.findings.prefix(Self.shownMax).map(Self.line)
      let rest = report.findings.count - shown.count
      return
        ([counts, "\(report.findings.count) findings:"] + shown
        + (rest > 0 ? ["  and \(rest) more"] : [])).joined(separator: "\n")
    }

    /// What programs are told.
    public var json: String {
      let findings = report.findings.map { finding in
        var fields = [#""fault":"\#(finding.fault.rawValue)""#]
        if let record = finding.record { fields.append(#""record":"\#(record)""#) }
        if let row = finding.row { fields.append(#""row":\#(row)"#) }
        return "{" + fields.joined(separator: ",") + "}"
      }
      return #"{"sound":\#(isSound),"records":\#(report.records),"changes":\#(report.changes),"#
        + #""log_rows":\#(report.logRows),"findings":[\#(findings.joined(separator: ","))]}"#
    }

    private static let shownMax = 20

    private static func line(_ finding: VerificationReport.Finding) -> String {
      var line = "  \(finding.fault.rawValue)"
      if let record = finding.record { line += " of record \(record)" }
      if let row = finding.row { line += " at row \(row)" }
      return line
    }
  }

  /// Reads and recomputes everything, while the tenant is served, or not.
  ///
  /// - Parameters:
  ///   - ledger: the ledger's file; the one beside the folder without.
  ///   - keys: the records' keys; those beside the folder without.
  /// - Throws: `StartFailure` when it cannot be read at all; what is found is no error.
  public static func run(of directory: String, ledger: String? = nil, keys: String? = nil) throws -> Report {
    try StartFailure.translating(directory) {
      let reader = try ServerReader(of: directory, keys: keys)
      defer { try? reader.close() }
      var name = directory[...]
      while name.count > 1, name.last == "/" { name.removeLast() }
      return Report(try reader.verify(ledger: ledger ?? name + ".ledger"))
    }
  }
}
