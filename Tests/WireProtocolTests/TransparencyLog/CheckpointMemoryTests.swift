import CRDT
import Testing

@testable import WireProtocol

/// What a client keeps finds an altered history and a second one.
@Suite struct CheckpointMemoryTests {
  private let key: SigningKey
  private let publicKey: VerifyingKey

  init() throws {
    key = try SigningKey(secret: [UInt8](repeating: 1, count: 32))
    publicKey = try VerifyingKey(bytes: key.publicKey)
  }

  private func memory(of log: SampleLog, size: Int) throws -> CheckpointMemory {
    var memory = CheckpointMemory(tenant: SampleLog.tenant, kind: log.kind)
    try memory.take(key.sign(log.checkpoint(size: size)), proof: nil, key: publicKey)
    return memory
  }

  private func finding(
    _ memory: CheckpointMemory, _ checkpoint: LogCheckpoint, _ proof: ConsistencyProof?
  ) -> LogFinding? {
    var memory = memory
    let before = memory
    do {
      try memory.take(key.sign(checkpoint), proof: proof, key: publicKey)
      return nil
    } catch {
      #expect(memory == before, "after a finding nothing is taken in")
      return error
    }
  }

  @Test func anHonestLogIsFollowed() throws {
    for seed in UInt64(0)..<20 {
      var random = SplitMix64(seed: seed)
      var log = SampleLog(0, kind: random.pick(LogKind.allCases))
      var memory = CheckpointMemory(tenant: SampleLog.tenant, kind: log.kind)
      #expect(memory.size == 0)
      for _ in 0..<12 {
        for _ in 0..<random.below(9) { log.rows.append(random.row(of: log.kind)) }
        let proof = log.rows.count == Int(memory.size) ? nil : try log.proof(from: memory.size)
        try memory.take(key.sign(log.checkpoint(at: random.time())), proof: proof, key: publicKey)
        #expect(memory.size == UInt64(log.rows.count))
      }
    }
  }

  /// One row edited, removed, swapped or added, the whole tree made anew and signed with the right key.
  @Test func anAlteredHistoryIsFound() throws {
    for seed in UInt64(0)..<16 {
      var random = SplitMix64(seed: seed)
      let log = SampleLog(random.below(30) + 2, seed: seed)
      for (what, first, forged) in log.forgeries(&random) {
        // Whoever knows only what stood before the place cannot tell, whoever knows more can.
        for known in 1...log.rows.count {
          let memory = try memory(of: log, size: known)
          let proof = try forged.proof(from: memory.size)
          let found = finding(memory, forged.checkpoint(), proof)
          let isUntouched = known <= first
          if (found == nil) != isUntouched { Issue.record("seed \(seed): \(what) at \(first) of \(known)") }
          if known == forged.rows.count, !isUntouched, case .splitView(let split)? = found {
            #expect(split.isProven(by: publicKey))
          }
        }
      }
    }
  }

  /// The proof of the true history does not carry a forged one, nor does one for other sizes.
  @Test func noProofCarriesAForgery() throws {
    var random = SplitMix64(seed: 5)
    let log = SampleLog(23)
    let memory = try memory(of: log, size: 9)
    let newer = log.checkpoint()
    #expect(finding(memory, newer, try log.proof(from: 9)) == nil)
    #expect(finding(memory, newer, nil) == .unproven)
    for size in UInt64(0)...23 where size != 9 {
      #expect(finding(memory, newer, try log.proof(from: size)) == .unproven)
    }
    for (what, first, forged) in log.forgeries(&random) where first < 9 {
      for proof in [try log.proof(from: 9), nil] where forged.rows.count == 23 {
        #expect(finding(memory, forged.checkpoint(), proof) == .unproven, "\(what)")
      }
    }
  }

  @Test func twoHistoriesOfOneSizeAreEvidence() throws {
    let log = SampleLog(8)
    let other = SampleLog(8, seed: 2)
    let memory = try memory(of: log, size: 8)
    guard case .splitView(let split)? = finding(memory, other.checkpoint(), nil) else {
      Issue.record("two histories were not found")
      return
    }
    #expect(split.isProven(by: publicKey))
    #expect(split.known.checkpoint == log.checkpoint() && split.shown.checkpoint == other.checkpoint())
    let stranger = try VerifyingKey(bytes: SigningKey(secret: [UInt8](repeating: 9, count: 32)).publicKey)
    #expect(!split.isProven(by: stranger))
    #expect(SplitView(known: split.known, shown: split.known) == nil)
    #expect(SplitView(known: split.known, shown: key.sign(other.checkpoint(size: 7))) == nil)
  }

  @Test func whatElseIsNotTakenIn() throws {
    let log = SampleLog(8)
    let memory = try memory(of: log, size: 6)
    #expect(finding(memory, log.checkpoint(size: 6), nil) == nil)
    // It shrank, with a proof that the two do belong together.
    let shorter = log.checkpoint(size: 4)
    let proof = try log.tree.consistencyProof(from: 4, to: 6)
    #expect(finding(memory, shorter, proof) == .rolledBack)
    #expect(throws: Never.self) { try memory.compare(key.sign(shorter), proof: proof, key: publicKey) }
    var begunAnew = log
    begunAnew.id = Identifier(high: 9, low: 9)
    #expect(finding(memory, begunAnew.checkpoint(), try log.proof(from: 6)) == .replaced)
    var opened = log
    opened.kind = .opened
    #expect(finding(memory, opened.checkpoint(), nil) == .otherLog)
    let checkpoint = log.checkpoint()
    let foreign = LogCheckpoint(
      tenant: Identifier(high: 7, low: 7), kind: checkpoint.kind, log: checkpoint.log, size: 8,
      root: checkpoint.root, signedAt: 0)
    #expect(finding(memory, foreign, try log.proof(from: 6)) == .otherLog)
    let unsigned = SignedCheckpoint(checkpoint: checkpoint, signature: [UInt8](repeating: 0, count: 64))
    var copy = memory
    #expect(throws: LogFinding.badSignature) {
      try copy.take(unsigned, proof: try? log.proof(from: 6), key: publicKey)
    }
  }

  /// A server that shows each of two devices a history of its own is found out when they compare, whichever
  /// of them is ahead.
  @Test func devicesThatCompareFindASplit() throws {
    for seed in UInt64(0)..<40 {
      var random = SplitMix64(seed: seed)
      let common = random.below(20)
      var one = SampleLog(common, seed: seed)
      var other = one
      for _ in 0...random.below(9) { one.rows.append(random.row(of: one.kind)) }
      for _ in 0...random.below(9) { other.rows.append(random.row(of: one.kind)) }
      let mine = try memory(of: one, size: one.rows.count)
      let theirs = key.sign(other.checkpoint())
      // The server may give any proof that it can make; neither history has one.
      for log in [one, other] {
        let (low, high) = (min(one.rows.count, other.rows.count), max(one.rows.count, other.rows.count))
        let proof =
          high <= log.rows.count
          ? try log.tree.consistencyProof(from: UInt64(low), to: UInt64(high)) : nil
        #expect(throws: LogFinding.self, "seed \(seed)") {
          try mine.compare(theirs, proof: proof, key: publicKey)
        }
      }
    }
  }
}
