import DiskFaults
import Testing

/// The short form of `Deploy/disk-test`.
@Suite struct DiskFaultTests {
  @Test("Whichever call to a disk fails, and in whatever way, nothing that was promised is lost")
  func everyCall() throws {
    let figures = try DiskFaults(length: 8, stride: 59).run(seeds: 0..<3)
    #expect(figures.losses == [])
    #expect(figures.points > 30)
    #expect(figures.crashes * 2 > figures.points)
  }
}
