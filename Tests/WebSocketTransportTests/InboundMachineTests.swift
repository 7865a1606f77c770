import Testing

@testable import WebSocketTransport

@Suite struct InboundMachineTests {
  private let start = ContinuousClock.now

  private var limits: ConnectionLimits {
    var limits = ConnectionLimits()
    limits.messageBytes = 100_000
    return limits
  }

  private func whole() -> FrameChunk {
    FrameChunk(isBinary: true, isFirstOfMessage: true, remainingBytes: 0, isLastOfMessage: true)
  }

  private func part(first: Bool) -> FrameChunk {
    FrameChunk(isBinary: true, isFirstOfMessage: first, remainingBytes: 0, isLastOfMessage: false)
  }

  private func receive(
    _ machine: inout InboundMachine, _ bytes: [UInt8], _ chunk: FrameChunk, after: Duration = .zero
  ) -> InboundMachine.Action {
    bytes.withUnsafeBytes { machine.chunkReceived($0, of: chunk, now: start + after) }
  }

  @Test func aStrangerHasTwoSmallMessagesAndFiveSeconds() {
    var machine = InboundMachine(limits: limits, authenticationNeeded: true, now: start)
    #expect(machine.deadline == start + .seconds(5))
    #expect(machine.timerFired(now: start + .seconds(4)) == .none)
    expect(receive(&machine, [1], whole()), .deliver([1]))
    expect(receive(&machine, [2], whole()), .deliver([2]))
    expect(receive(&machine, [3], whole()), .close(.policyViolation, "not authenticated"))
    #expect(
      machine.timerFired(now: start + .seconds(5)) == .close(.policyViolation, "not authenticated in time"))
  }

  @Test func aStrangersMessageIsSmall() {
    var machine = InboundMachine(limits: limits, authenticationNeeded: true, now: start)
    let message = [UInt8](repeating: 0, count: 4097)
    expect(receive(&machine, message, whole()), .close(.messageTooBig, "at most 4096 bytes"))
    machine.authenticated()
    expect(receive(&machine, message, whole()), .deliver(message))
    #expect(machine.deadline == nil)
  }

  @Test func halfAMessageIsNotBorneForLong() {
    var machine = InboundMachine(limits: limits, authenticationNeeded: false, now: start)
    #expect(machine.deadline == nil)
    expect(receive(&machine, [1], part(first: true)), .none)
    #expect(machine.timerFired(now: start + .seconds(3)) == .none)
    #expect(machine.timerFired(now: start + .seconds(4)) == .close(.policyViolation, "message too slow"))
  }

  @Test func steadyBytesEarnTimeUpToTheCompletionLimit() {
    var machine = InboundMachine(limits: limits, authenticationNeeded: false, now: start)
    let second = [UInt8](repeating: 0, count: 1024)
    expect(receive(&machine, second, part(first: true)), .none)
    for elapsed in 1..<30 {
      #expect(machine.timerFired(now: start + .seconds(elapsed)) == .none)
      expect(receive(&machine, second, part(first: false), after: .seconds(elapsed)), .none)
    }
    #expect(machine.timerFired(now: start + .seconds(30)) == .close(.policyViolation, "message too slow"))
  }

  @Test func timeInWhichNobodyReadsDoesNotCount() {
    var machine = InboundMachine(limits: limits, authenticationNeeded: false, now: start)
    expect(receive(&machine, [1], part(first: true)), .none)
    machine.readingPaused(now: start + .seconds(1))
    #expect(machine.deadline == nil)
    #expect(machine.timerFired(now: start + .seconds(60)) == .none)
    machine.readingResumed(now: start + .seconds(61))
    #expect(machine.timerFired(now: start + .seconds(62)) == .none)
    #expect(machine.timerFired(now: start + .seconds(64)) == .close(.policyViolation, "message too slow"))
  }

  @Test func pongsHaveARate() {
    var machine = InboundMachine(limits: limits, authenticationNeeded: false, now: start)
    for _ in 0..<10 { expect(machine.pongReceived(now: start), .none) }
    expect(machine.pongReceived(now: start), .close(.policyViolation, "too many control frames"))
    expect(machine.pongReceived(now: start + .seconds(1)), .none)
  }
}
