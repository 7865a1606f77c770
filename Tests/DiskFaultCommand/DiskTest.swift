import ArgumentParser
import DiskFaults
import Glibc

/// Fails every call to a disk once, in every way, and looks whether anything is lost.
@main
struct DiskTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kos-disk-test",
    abstract: "Fail every call of scripts of work to a disk, once, in every way.")

  @Option(help: "The first seed.")
  var from: UInt64 = 0
  @Option(help: "How many seeds, each of which is a script.")
  var count: UInt64 = 20
  @Option(help: "How many steps a script has, beside those that each has.")
  var length = 12
  @Option(help: "Try every Nth point only.")
  var stride = 1
  @Option(help: "Run one point again, by its description, with the seed of --from.")
  var replay: String?

  @Option(help: "Flip so many bytes of a server's and of a device's database, and nothing else.")
  var rot: Int?

  private func flip(_ flips: Int) throws {
    let rot = try BitRot(seed: from)
    var isRight = true
    for (name, figures) in [
      ("server", try rot.server(flips: flips)), ("device", try rot.device(flips: flips)),
    ] {
      print(
        "\(name): \(figures.flips) bytes flipped, \(figures.detected) detected, "
          + "\(figures.harmless) harmless, "
          + "\(figures.wrongAnswers.count) wrong answers")
      for answer in figures.wrongAnswers { print("WRONG: \(answer)") }
      isRight = isRight && figures.wrongAnswers.isEmpty
    }
    guard isRight else { throw ExitCode.failure }
  }

  func run() throws {
    if let rot { return try flip(rot) }
    let began = ContinuousClock.now
    let faults = DiskFaults(length: length, stride: max(1, stride)) { text in
      print(text)
      fflush(nil)
    }
    if let replay {
      if let loss = try faults.replay(seed: from, replay) {
        print("FAILED: \(loss)")
        throw ExitCode.failure
      }
      return print("Nothing was lost.")
    }
    let figures = try faults.run(seeds: from..<from + count)
    let calls = figures.byCall.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
    print(
      "\(figures.scripts) scripts, \(figures.points) points (\(calls.joined(separator: ", "))), "
        + "\(figures.crashes) met; \((ContinuousClock.now - began).components.seconds) s")
    for loss in figures.losses { print("LOST: \(loss)") }
    guard figures.losses.isEmpty else { throw ExitCode.failure }
    print("Nothing was lost.")
  }
}
