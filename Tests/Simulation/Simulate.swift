import ArgumentParser
import Glibc

/// Runs seeds and says which of them fail.
@main
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Runs the real machines and stores on a simulated network, disks, clocks and processes.",
    discussion: """
      Each seed is one run, the same whenever it is run. Exits with 1 when a promise is broken, and prints the \
      command that runs the seed again.
      """)

  @Option(name: .long, help: "The first seed.") var from: UInt64 = 1
  @Option(name: .long, help: "How many seeds.") var count: UInt64 = 100
  @Option(name: .long, help: "Run this seed alone, twice, and compare.") var seed: UInt64?
  @Option(name: .long, help: "How many processes share the seeds.") var jobs: Int = 1
  @Flag(name: .long, help: "Tell everything that happens.") var verbose = false
  @Flag(name: .long, help: "Go on after a failure.") var keepGoing = false

  func run() throws {
    try Determinism.ensure()
    let municipality = try Municipality()
    if let seed { return try replay(seed, municipality) }
    var failures = 0
    for number in 0..<count {
      let result = Run(municipality, seed: from + number, isVerbose: verbose).result
      guard let violation = result.violation else { continue }
      failures += 1
      print("seed \(from + number): \(violation.checker.rawValue): \(violation.text)")
      print("  again: simulate --seed \(from + number) --verbose")
      if !keepGoing { break }
    }
    print("\(count) seeds from \(from): \(failures) failed")
    if failures > 0 { throw ExitCode(1) }
  }

  private func replay(_ seed: UInt64, _ municipality: Municipality) throws {
    let first = Run(municipality, seed: seed, isVerbose: verbose).result
    let second = Run(municipality, seed: seed, isVerbose: false).result
    print("seed \(seed): trace \(first.hash), \(first.lines) lines")
    guard first.hash == second.hash else {
      print("seed \(seed) is not the same twice: \(first.hash), \(second.hash)")
      throw ExitCode(1)
    }
    if let violation = first.violation {
      print("seed \(seed): \(violation.checker.rawValue): \(violation.text)")
      throw ExitCode(1)
    }
  }
}

/// One run and what came of it.
struct Run {
  struct Result {
    let violation: Violation?
    let hash: UInt64
    let lines: Int
  }

  let result: Result

  init(_ municipality: Municipality, seed: UInt64, isVerbose: Bool) {
    let simulation = municipality.simulation(seed: seed, plan: Plan(seed: seed), isVerbose: isVerbose)
    if isVerbose { print(simulation.plan) }
    var violation: Violation?
    do {
      try simulation.run()
    } catch let broken as Violation {
      violation = broken
    } catch {
      violation = Violation(.errors, "\(error)")
    }
    result = Result(violation: violation, hash: simulation.trace.hash, lines: simulation.trace.lines)
  }
}
