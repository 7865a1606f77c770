import DiskFaults
import Testing

/// The short form of `Deploy/disk-test --rot`.
@Suite struct BitRotTests {
  @Test("A byte that the disk has changed gives an error, or changes nothing that a device shows")
  func device() throws {
    let figures = try BitRot(seed: 1).device(flips: 60)
    #expect(figures.wrongAnswers == [])
    #expect(figures.detected > 20)
  }
}
