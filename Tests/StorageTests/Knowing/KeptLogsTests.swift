import CRDT
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What a device keeps of the logs of knowing.
@Suite struct KeptLogsTests {
  private func signed(_ kind: LogKind, size: UInt64) throws -> SignedCheckpoint {
    let root = size == 0 ? MerkleTree.emptyRoot : Digest(hashing: [UInt8(truncatingIfNeeded: size)])
    return try SigningKey(secret: [UInt8](repeating: 3, count: 32)).sign(
      LogCheckpoint(
        tenant: Identifier(high: 1, low: 1), kind: kind, log: Identifier(high: 2, low: 2), size: size,
        root: root, signedAt: 5))
  }

  @Test func itIsReadAsItWasWritten() throws {
    var kept = KeptLogs()
    #expect(try KeptLogs(encoded: kept.encoded) == kept)
    kept.take([.advanced(try signed(.delivered, size: 32)), .advanced(try signed(.opened, size: 0))], at: 1)
    kept.take([.found(.unproven, shown: try signed(.opened, size: 7))], at: -3)
    let read = try KeptLogs(encoded: kept.encoded)
    #expect(read == kept && read.newest.count == 2 && read.findings.map(\.code) == ["unproven"])
    #expect(read.findings.first?.foundAt == -3)
    for count in 1..<kept.encoded.count {
      if let part = try? KeptLogs(encoded: Array(kept.encoded.prefix(count))) { #expect(part != kept) }
    }
  }

  @Test func afterAFindingNothingMoreIsTakenInOfThatLog() throws {
    var kept = KeptLogs()
    let known = try signed(.delivered, size: 32)
    kept.take([.advanced(known)], at: 1)
    kept.take([.found(.replaced, shown: try signed(.delivered, size: 5))], at: 2)
    kept.take([.advanced(try signed(.delivered, size: 64)), .advanced(try signed(.opened, size: 1))], at: 3)
    kept.take([.found(.rolledBack, shown: try signed(.delivered, size: 6))], at: 4)
    #expect(kept.newest.first { $0.checkpoint.kind == .delivered } == known)
    #expect(kept.findings.map(\.code) == ["replaced"] && kept.newest.count == 2)
  }

  /// Both checkpoints stay as evidence, and what the tenant signed is gone on with.
  @Test func whatAPersonHasDealtWithIsGoneOnWithAndStaysAsEvidence() throws {
    var kept = KeptLogs()
    let (known, shown) = (try signed(.delivered, size: 32), try signed(.delivered, size: 5))
    kept.take([.advanced(known), .found(.replaced, shown: shown)], at: 2)
    var untouched = kept
    #expect(!untouched.accept(.opened, at: 3) && untouched == kept)
    #expect(kept.accept(.delivered, at: 3) && kept.findings.isEmpty && kept.newest == [shown])
    #expect(kept.settled.map(\.known) == [known] && kept.settled.map(\.finding.shown) == [shown])
    let later = try signed(.delivered, size: 6)
    kept.take([.advanced(later), .found(.badSignature, shown: known)], at: 4)
    #expect(kept.accept(.delivered, at: 5) && kept.newest == [later] && kept.settled.count == 2)
    #expect(try KeptLogs(encoded: kept.encoded) == kept)
    for count in 1..<kept.encoded.count {
      if let part = try? KeptLogs(encoded: Array(kept.encoded.prefix(count))) { #expect(part != kept) }
    }
  }

  /// What came from elsewhere is not what the server shows here: to go on from it would be found again.
  @Test func afterAContradictionFromElsewhereWhatIsKeptIsGoneOnWith() throws {
    var kept = KeptLogs()
    let (known, shown) = (try signed(.opened, size: 32), try signed(.opened, size: 64))
    kept.take([.advanced(known), .contradicted(.unproven, by: shown)], at: 2)
    kept.take([.contradicted(.replaced, by: known)], at: 3)
    #expect(kept.findings.map(\.code) == ["unproven"] && kept.findings.allSatisfy(\.isFromElsewhere))
    #expect(try KeptLogs(encoded: kept.encoded) == kept && kept.all == [known, shown])
    #expect(kept.accept(.opened, at: 3) && kept.newest == [known] && kept.findings.isEmpty)
    #expect(kept.settled.map(\.finding.shown) == [shown] && kept.settled.map(\.known) == [known])
    #expect(try KeptLogs(encoded: kept.encoded) == kept)
    let later = try signed(.opened, size: 96)
    kept.take([.advanced(later)], at: 4)
    #expect(kept.newest == [later] && !kept.hasSettledReplacement(by: shown))
    kept.take([.contradicted(.replaced, by: shown)], at: 5)
    #expect(!kept.hasSettledReplacement(by: shown))
    #expect(kept.accept(.opened, at: 6) && kept.hasSettledReplacement(by: shown))
  }
}
