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

  private func other(_ kind: LogKind, size: UInt64) throws -> SignedCheckpoint {
    try SigningKey(secret: [UInt8](repeating: 3, count: 32)).sign(
      LogCheckpoint(
        tenant: Identifier(high: 1, low: 1), kind: kind, log: Identifier(high: 2, low: 2), size: size,
        root: Digest(hashing: [0xff]), signedAt: 6))
  }

  /// The own root of the size is in no later checkpoint.
  @Test func whatASecondHistoryContradictsIsKeptThoughTheLogGoesOn() throws {
    var kept = KeptLogs()
    let (known, shown) = (try signed(.opened, size: 32), try other(.opened, size: 32))
    let split = try #require(SplitView(known: known, shown: shown))
    let later = try signed(.opened, size: 64)
    kept.take([.advanced(known), .advanced(later), .contradicted(.splitView(split), by: shown)], at: 2)
    #expect(kept.newest == [later] && kept.findings.map(\.known) == [known])
    #expect(try KeptLogs(encoded: kept.encoded) == kept && kept.all == [later, shown, known])
    #expect(kept.accept(.opened, at: 3) && kept.newest == [later] && kept.settled.map(\.known) == [known])
    #expect(try KeptLogs(encoded: kept.encoded) == kept)
    // What a comparison held it against counts where it is said.
    kept.take([.contradicted(.unproven, by: shown, known: known)], at: 4)
    #expect(kept.findings.map(\.known) == [known])
  }

  /// A milder finding keeps out nothing that shows more, and nothing is kept twice.
  @Test func aGraverFindingIsKeptBesideAMilderOne() throws {
    var kept = KeptLogs()
    let (known, replaced) = (try signed(.opened, size: 32), try signed(.opened, size: 5))
    let shown = try other(.opened, size: 32)
    let split = try #require(SplitView(known: known, shown: shown))
    kept.take([.advanced(known), .found(.replaced, shown: replaced)], at: 2)
    for time in 3..<6 as Range<Int64> {
      kept.take([.contradicted(.unproven, by: try signed(.opened, size: 64))], at: time)
      kept.take([.contradicted(.splitView(split), by: shown)], at: time)
      kept.take([.found(.rolledBack, shown: replaced), .contradicted(.replaced, by: shown)], at: time)
    }
    #expect(kept.findings.map(\.code) == ["replaced", "unproven", "split_view"])
    #expect(try kept.findings.map(\.foundAt) == [2, 3, 3] && KeptLogs(encoded: kept.encoded) == kept)
    // All of it is dealt with at once, and what the server shows here is gone on with.
    #expect(kept.accept(.opened, at: 9) && kept.findings.isEmpty && kept.newest == [replaced])
    #expect(kept.settled.map(\.finding.code) == ["replaced", "unproven", "split_view"])
    kept.take([.contradicted(.replaced, by: replaced)], at: 10)
    #expect(kept.findings.isEmpty)
  }

  /// Stores of before do not have what a finding contradicts.
  @Test func whatAnOlderVersionWroteIsRead() throws {
    let (known, shown) = (try signed(.opened, size: 32), try signed(.opened, size: 5))
    func item(_ tag: UInt8, _ code: String, _ signed: SignedCheckpoint) -> [[UInt8]] {
      let time = [UInt8](repeating: 0, count: 7) + [9]
      return [[tag], Array(code.utf8), signed.checkpoint.encoded, signed.signature, time]
    }
    let parts = item(1, "", known) + item(2, "unproven", shown) + item(4, "split_view", shown)
    let read = try KeptLogs(encoded: LineageCoding.encode(parts))
    #expect(read.newest == [known] && read.findings.map(\.code) == ["unproven", "split_view"])
    #expect(read.findings.map(\.isFromElsewhere) == [false, true])
    #expect(read.findings.allSatisfy { $0.known == nil && $0.shown == shown && $0.foundAt == 9 })
    #expect(try KeptLogs(encoded: read.encoded) == read)
    var settled = read
    #expect(settled.accept(.opened, at: 3) && settled.settled.map(\.known) == [known, known])
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
