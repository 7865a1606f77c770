import Testing

@testable import WebSocketTransport

@Suite struct MessageAssemblerTests {
  private func chunk(
    _ remaining: UInt64 = 0, binary: Bool = true, first: Bool = true, last: Bool = true
  ) -> FrameChunk {
    FrameChunk(isBinary: binary, isFirstOfMessage: first, remainingBytes: remaining, isLastOfMessage: last)
  }

  private func receive(
    _ assembler: inout MessageAssembler, _ bytes: [UInt8], _ chunk: FrameChunk
  ) -> MessageAssembler.Outcome {
    bytes.withUnsafeBytes { assembler.receive($0, of: chunk) }
  }

  @Test func wholeMessageInOnePiece() {
    var assembler = MessageAssembler(messageBytesMax: 4, fragmentsMax: 2)
    expect(receive(&assembler, [1, 2, 3, 4], chunk()), .message([1, 2, 3, 4]))
    expect(receive(&assembler, [], chunk()), .message([]))
  }

  @Test func everySplitGivesTheSameMessage() {
    let message = Array<UInt8>(0..<40)
    for first in 0...40 {
      for second in first...40 {
        var assembler = MessageAssembler(messageBytesMax: 40, fragmentsMax: 3)
        let pieces = [message[..<first], message[first..<second], message[second...]].map(Array.init)
        expect(receive(&assembler, pieces[0], chunk(last: false)), .incomplete)
        expect(receive(&assembler, pieces[1], chunk(first: false, last: false)), .incomplete)
        expect(receive(&assembler, pieces[2], chunk(first: false)), .message(message))
        #expect(!assembler.isMidMessage)
      }
    }
  }

  @Test func sizeIsCheckedAgainstWhatTheFrameDeclares() {
    var assembler = MessageAssembler(messageBytesMax: 100, fragmentsMax: 2)
    let tooBig = MessageAssembler.Outcome.violation(.messageTooBig, "at most 100 bytes")
    expect(receive(&assembler, [1], chunk(100, last: false)), tooBig)
    expect(receive(&assembler, [1], chunk(.max, last: false)), tooBig)
    expect(receive(&assembler, [1], chunk(1 << 62, last: false)), tooBig)
    expect(receive(&assembler, [1], chunk(99, last: false)), .incomplete)
  }

  @Test func sizeIsCheckedOverFragments() {
    var assembler = MessageAssembler(messageBytesMax: 10, fragmentsMax: 9)
    expect(receive(&assembler, Array(repeating: 7, count: 8), chunk(last: false)), .incomplete)
    expect(
      receive(&assembler, [1, 2, 3], chunk(first: false)), .violation(.messageTooBig, "at most 10 bytes"))
  }

  @Test func emptyFragmentsAreCounted() {
    var assembler = MessageAssembler(messageBytesMax: 10, fragmentsMax: 3)
    expect(receive(&assembler, [], chunk(last: false)), .incomplete)
    expect(receive(&assembler, [], chunk(first: false, last: false)), .incomplete)
    expect(receive(&assembler, [], chunk(first: false, last: false)), .incomplete)
    expect(
      receive(&assembler, [], chunk(first: false, last: false)),
      .violation(.policyViolation, "at most 3 fragments"))
  }

  @Test func textIsRefused() {
    var assembler = MessageAssembler(messageBytesMax: 10, fragmentsMax: 3)
    expect(
      receive(&assembler, [65], chunk(binary: false)), .violation(.unsupportedData, "binary messages only"))
  }
}
