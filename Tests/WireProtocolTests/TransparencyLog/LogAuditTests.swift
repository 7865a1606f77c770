import Testing

@testable import WireProtocol

/// Reading a whole log against old checkpoints.
@Suite struct LogAuditTests {
  private func findings(
    _ rows: [Digest], stored: [Digest]? = nil, _ checkpoints: [LogCheckpoint],
    from frontier: MerkleFrontier? = nil
  ) -> [AuditFinding] {
    var audit = LogAudit(from: frontier ?? MerkleFrontier(), checkpoints: checkpoints)
    var findings: [AuditFinding] = []
    for (index, row) in rows.enumerated() { findings += audit.add(leaf: row, stored: stored?[index]) }
    return findings + audit.finish()
  }

  @Test func anHonestLogHasNoFindings() throws {
    let log = SampleLog(50)
    let checkpoints = [50, 0, 7, 7, 32, 49].map { log.checkpoint(size: $0) }
    #expect(findings(log.leaves, checkpoints) == [])
    #expect(findings(log.leaves, stored: log.leaves, checkpoints) == [])
    // Rows after the last checkpoint, and an audit that goes on from an earlier one.
    #expect(findings(log.leaves, [log.checkpoint(size: 20)]) == [])
    let frontier = try log.tree.frontier(size: 20)
    #expect(findings(Array(log.leaves.dropFirst(20)), checkpoints, from: frontier) == [])
    #expect(findings([], [log.checkpoint(size: 0)]) == [])
  }

  /// Someone altered a row and left the tree alone: the row is named.
  @Test func anAlteredRowIsNamed() {
    for seed in UInt64(0)..<40 {
      var random = SplitMix64(seed: seed)
      let log = SampleLog(30, seed: seed)
      let index = random.below(30)
      var rows = log.leaves
      rows[index] = random.digest()
      #expect(
        findings(rows, stored: log.leaves, [log.checkpoint(size: 30)]) == [.alteredRow(UInt64(index))])
      let other = (index + 1) % 30
      var swapped = log.leaves
      swapped.swapAt(index, other)
      #expect(
        findings(swapped, stored: log.leaves, [log.checkpoint(size: 30)])
          == [.alteredRow(UInt64(min(index, other))), .alteredRow(UInt64(max(index, other)))])
    }
  }

  /// Someone altered a row and made the tree anew: the checkpoints around it are named.
  @Test func anAlteredTreeIsBracketed() {
    for seed in UInt64(0)..<40 {
      var random = SplitMix64(seed: seed)
      let log = SampleLog(40, seed: seed)
      let checkpoints = [10, 20, 30, 40].map { log.checkpoint(size: $0) }
      for (what, first, forged) in log.forgeries(&random) {
        let start = UInt64(first / 10 * 10)
        let found = findings(forged.leaves, stored: forged.leaves, checkpoints)
        #expect(found == [.alteredRows(start..<start + 10)], "seed \(seed): \(what) at \(first)")
      }
    }
  }

  /// What is proven ends before the first row that is wrong, though the tree holds behind it.
  @Test func noRowIsProvenFromTheFirstFaultOn() {
    let log = SampleLog(30)
    let other = SampleLog(30, seed: 2)
    for (leaf, stored, proven) in [
      (log.leaves[12], log.leaves[12], 30), (other.leaves[12], log.leaves[12], 12),
      (nil, log.leaves[12], 12), (nil, nil, 10), (other.leaves[12], other.leaves[12], 10),
    ] as [(Digest?, Digest?, UInt64)] {
      var audit = LogAudit(checkpoints: [10, 20, 30].map { log.checkpoint(size: $0) })
      for index in 0..<30 {
        let isFault = index == 12
        _ = audit.add(
          leaf: isFault ? leaf : log.leaves[index], stored: isFault ? stored : log.leaves[index])
      }
      _ = audit.finish()
      #expect(audit.provenRows == proven)
    }
  }

  /// Once a root is wrong no other tells anything, and none is held.
  @Test func afterAWrongRootNoCheckpointIsTaken() {
    let log = SampleLog(30)
    let other = SampleLog(30, seed: 2)
    var audit = LogAudit(checkpoints: [other.checkpoint(size: 10)])
    for leaf in log.leaves.prefix(9) { #expect(audit.add(leaf: leaf).isEmpty) }
    let isTaken = audit.expect(log.checkpoint(size: 20))
    let isTakenTwice = audit.expect(log.checkpoint(size: 20))
    #expect(isTaken && !isTakenTwice)
    #expect(audit.add(leaf: log.leaves[9]) == [.alteredRows(0..<10)])
    let isTakenLate = audit.expect(log.checkpoint(size: 30))
    #expect(!isTakenLate && audit.provenRows == 0)
    // That rows were signed that are not there is known all the same.
    #expect(audit.finish() == [.missingRows(10..<20)])
  }

  @Test func aLogThatEndsEarlyIsFound() {
    let log = SampleLog(30)
    let checkpoints = [10, 30].map { log.checkpoint(size: $0) }
    #expect(findings(Array(log.leaves.dropLast()), checkpoints) == [.missingRows(29..<30)])
    #expect(findings([], checkpoints) == [.missingRows(0..<30)])
    #expect(
      findings(Array(log.leaves.dropFirst()), checkpoints) == [.alteredRows(0..<10), .missingRows(29..<30)])
  }

  /// Of two checkpoints of one size one is wrong, whichever comes first.
  @Test func aSecondHistoryIsFound() {
    let log = SampleLog(30)
    let other = SampleLog(30, seed: 2)
    for checkpoints in [[log.checkpoint(), other.checkpoint()], [other.checkpoint(), log.checkpoint()]] {
      #expect(findings(log.leaves, [log.checkpoint(size: 12)] + checkpoints) == [.alteredRows(12..<30)])
    }
  }

  /// Rows whose content was erased, whole or in part, verify as before.
  @Test func anErasedRecordKeepsTheLogWhole() {
    var random = SplitMix64(seed: 6)
    var log = SampleLog(40)
    let checkpoints = [5, 17, 40].map { log.checkpoint(size: $0) }
    for index in log.rows.indices {
      switch random.below(4) {
      case 0: log.rows[index] = log.rows[index].blindingEvent()
      case 1: log.rows[index] = log.rows[index].blindingAgent()
      case 2: log.rows[index] = log.rows[index].withholding(in: log.kind)
      default: break
      }
    }
    #expect(findings(log.leaves, checkpoints) == [])
  }
}
