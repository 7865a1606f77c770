import CRDT
import Replication
import Testing
import WireProtocol

/// A checkpoint that came from elsewhere, held against what a device keeps.
@Suite struct LogComparisonTests {
  private let tenant = Identifier(high: 1, low: 1)

  private func log(_ size: Int, telling word: UInt64 = 0, from start: Int = 0) throws -> LogModel {
    var log = LogModel(
      .opened, tenant: tenant, key: try SigningKey(secret: [UInt8](repeating: 7, count: 32)))
    log.grow(to: start)
    log.grow(to: size, telling: word)
    log.sign()
    return log
  }

  private func watch(keeping log: LogModel) throws -> LogWatch {
    LogWatch(tenant: tenant, key: try VerifyingKey(bytes: log.key.publicKey), kept: log.signed)
  }

  /// What comes of a checkpoint where the server answers from a log.
  private func outcomes(
    of shown: LogModel, keeping kept: LogModel, answering server: LogModel, current: Set<LogKind> = [.opened],
    _ edit: (inout WireComparison) -> Void = { _ in }
  ) throws -> (asked: Int, outcomes: [LogComparison.Outcome]) {
    let watch = try watch(keeping: kept)
    var comparison = LogComparison(of: shown.signed)
    var asked = 0
    while let question = comparison.request(watch, current: current) {
      asked += 1
      let (first, second) = (question.first, question.second)
      #expect(first <= second)
      var answer = WireComparison()
      answer.log = question.log
      if second <= server.size {
        answer.proof = WireConsistencyProof(try server.consistencyProof(from: first, to: second))
      } else {
        answer.code = ErrorCode.notAvailable.rawValue
      }
      edit(&answer)
      try comparison.receive(answer, watch)
    }
    return (asked, comparison.outcomes)
  }

  @Test(arguments: [(5, 32), (32, 5), (32, 32), (0, 9), (33, 64)])
  func twoStatesOfOneLogHold(sizes: (Int, Int)) throws {
    let (kept, shown, server) = (try log(sizes.0), try log(sizes.1), try log(100))
    let (asked, outcomes) = try outcomes(of: shown, keeping: kept, answering: server)
    #expect(outcomes == [.holds(shown.signed[0])])
    #expect(asked == (sizes.0 == sizes.1 || sizes.0 == 0 ? 0 : 1))
  }

  /// Whatever the server answers: two devices that were shown two histories find it.
  @Test func twoHistoriesAreFoundByAnyAnswer() throws {
    let kept = try log(40)
    let same = try log(40, telling: 1, from: 31)
    let split = try #require(SplitView(known: kept.signed[0], shown: same.signed[0]))
    let told = try outcomes(of: same, keeping: kept, answering: kept)
    #expect(told.asked == 0 && told.outcomes == [.found(.splitView(split), same.signed[0])])
    for size in [35, 64] {
      let shown = try log(size, telling: 1, from: 31)
      for server in [kept, try log(100), try log(100, telling: 1, from: 31), shown] {
        let (asked, outcomes) = try outcomes(of: shown, keeping: kept, answering: server)
        #expect(asked == 1 && outcomes == [.found(.unproven, shown.signed[0])])
      }
      let silent = try outcomes(of: shown, keeping: kept, answering: try log(100)) { answer in
        answer.clearProof()
        answer.code = ErrorCode.notAvailable.rawValue
      }
      #expect(silent.outcomes == [.found(.unproven, shown.signed[0])])
    }
  }

  /// A state that the tenant signed and that the server has no more.
  @Test func aLongerLogThanTheServerShowsIsFound() throws {
    let (kept, shown) = (try log(32), try log(64))
    let (asked, outcomes) = try outcomes(of: shown, keeping: kept, answering: kept)
    #expect(asked == 1 && outcomes == [.found(.unproven, shown.signed[0])])
  }

  @Test func whatTheTenantDidNotSignAndAnotherLogNeedNoProof() throws {
    let kept = try log(32)
    var foreign = LogModel(
      .opened, tenant: tenant, key: try SigningKey(secret: [UInt8](repeating: 8, count: 32)))
    foreign.grow(to: 64)
    foreign.sign()
    var other = try log(0)
    (other.id, other.signed) = (Identifier(high: 9, low: 9), [])
    other.grow(to: 64)
    other.sign()
    for (shown, finding) in [(foreign, LogFinding.badSignature), (other, .replaced)] {
      let (asked, outcomes) = try outcomes(of: shown, keeping: kept, answering: kept)
      #expect(asked == 0 && outcomes == [.found(finding, shown.signed[0])])
    }
  }

  /// Nothing was found, and nothing shown: a device that is sent no content, or one without a server.
  @Test func whereTheServerShowsNothingItIsUnproven() throws {
    let (kept, shown) = (try log(32), try log(64))
    let (asked, outcomes) = try outcomes(of: shown, keeping: kept, answering: shown, current: [])
    #expect(asked == 0 && outcomes == [.unproven(shown.signed[0])])
    var none = kept
    none.signed = []
    let first = try self.outcomes(of: shown, keeping: none, answering: shown, current: [])
    #expect(first.outcomes == [.unproven(shown.signed[0])])
  }

  /// What was found is there to be kept before the server is asked, and before its next answer.
  @Test func whatIsFoundIsEvidenceBeforeAnythingMoreIsAsked() throws {
    let kept = try log(40)
    let same = try log(40, telling: 1, from: 31)
    let watch = try watch(keeping: kept)
    let split = try #require(SplitView(known: kept.signed[0], shown: same.signed[0]))
    let later = try log(64, telling: 1, from: 31).signed[0]
    let last = try log(96).signed[0]
    var comparison = LogComparison(of: [same.signed[0], later, last])
    let question = comparison.request(watch, current: [.opened])
    let known = kept.signed[0]
    let first = LogWatch.Outcome.contradicted(.splitView(split), by: same.signed[0], known: known)
    #expect(question?.second == 64)
    #expect(comparison.outcomes.compactMap { $0.evidence(beside: watch) } == [first])
    try comparison.receive(.with { $0.log = 2 }, watch)
    let second = LogWatch.Outcome.contradicted(.unproven, by: later, known: known)
    #expect(comparison.outcomes.compactMap { $0.evidence(beside: watch) } == [first, second])
    // What comes instead of the last answer is no outcome.
    let next = comparison.request(watch, current: [.opened])
    #expect(next?.second == 96)
    #expect(throws: ProtocolError(.unexpected)) { try comparison.receive(.with { $0.log = 1 }, watch) }
    #expect(comparison.outcomes.map(\.shown) == [same.signed[0], later])
    #expect(LogComparison.Outcome.found(.badSignature, last).evidence(beside: watch) == nil)
  }

  @Test func whatIsNoAnswerIsRefused() throws {
    let (kept, shown) = (try log(32), try log(64))
    let watch = try watch(keeping: kept)
    var comparison = LogComparison(of: shown.signed)
    #expect(throws: ProtocolError(.unexpected)) { try comparison.receive(.init(), watch) }
    let question = comparison.request(watch, current: [.opened])
    #expect(question?.first == 32 && question?.second == 64)
    let other = WireComparison.with { $0.log = 1 }
    #expect(throws: ProtocolError(.unexpected)) { try comparison.receive(other, watch) }
    let torn = WireComparison.with {
      $0.log = 2
      $0.proof.path = [.init([1, 2, 3])]
    }
    #expect(throws: ProtocolError.malformed) { try comparison.receive(torn, watch) }
  }
}
