import ArgumentParser
import Foundation

/// Runs seeds and says which of them fail.
@main
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Runs the real machines and stores on a simulated network, disks, clocks and processes.",
    discussion: """
      Each seed is one run, the same whenever it is run. Exits with 1 when a promise is broken, and prints \
      the command that runs the seed again.
      """)

  @Option(name: .long, help: "The first seed.") var from: UInt64 = 1
  @Option(name: .long, help: "How many seeds.") var count: UInt64 = 100
  @Option(name: .long, help: "Run this seed alone, twice, and compare.") var seed: UInt64?
  @Option(name: .long, help: "How many processes share the seeds.") var jobs: Int = 1
  @Option(name: .long, help: .hidden) var every: UInt64 = 1
  @Flag(name: .long, help: "Put the server's disk back in each run.") var setBack = false
  @Flag(name: .long, help: "Tell everything that happens.") var verbose = false
  @Flag(name: .long, help: "Go on after a failure.") var keepGoing = false

  func run() throws {
    try Determinism.ensure()
    if seed == nil, jobs > 1 { return try share() }
    let municipality: Municipality
    do {
      municipality = try Municipality()
    } catch let violation as Violation {
      print("seed 0: \(violation.checker.rawValue): \(violation.text)")
      throw ExitCode(1)
    }
    if let seed { return try replay(seed, municipality) }
    var failures = 0
    var runs = 0
    for number in stride(from: from, to: from + count, by: Int(every)) {
      runs += 1
      let result = Run(municipality, seed: number, isVerbose: verbose, setsBack: setBack).result
      try check(result, of: number, municipality)
      guard let violation = result.violation else { continue }
      failures += 1
      print("seed \(number): \(violation.checker.rawValue): \(violation.text)")
      print("  again: Deploy/simulate --seed \(number) --verbose\(setBack ? " --set-back" : "")")
      if !keepGoing { break }
    }
    print("\(runs) seeds from \(from): \(failures) failed")
    if failures > 0 { throw ExitCode(1) }
  }

  /// Some seeds are run twice: a run that is not the same again could not be looked at.
  private func check(_ result: Run.Result, of number: UInt64, _ municipality: Municipality) throws {
    guard number % 64 == 0 else { return }
    let again = Run(municipality, seed: number, isVerbose: false, setsBack: setBack).result
    guard again.hash == result.hash else {
      print("seed \(number): errors: it is not the same twice: \(result.hash), \(again.hash)")
      throw ExitCode(1)
    }
  }

  /// Several processes, each with its share of the seeds: SQLite's own chance is the process's.
  private func share() throws {
    let children = try (0..<UInt64(jobs)).map { number in
      let child = Process()
      child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      child.arguments =
        [
          "--from", "\(from + number)", "--count", "\(count > number ? count - number : 0)", "--every",
          "\(jobs)",
        ]
        + (keepGoing ? ["--keep-going"] : []) + (setBack ? ["--set-back"] : [])
      try child.run()
      return child
    }
    var isSound = true
    for child in children {
      child.waitUntilExit()
      isSound = child.terminationStatus == 0 && isSound
    }
    if !isSound { throw ExitCode(1) }
  }

  private func replay(_ seed: UInt64, _ municipality: Municipality) throws {
    let first = Run(municipality, seed: seed, isVerbose: verbose, setsBack: setBack).result
    let second = Run(municipality, seed: seed, isVerbose: false, setsBack: setBack).result
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

  init(_ municipality: Municipality, seed: UInt64, isVerbose: Bool, setsBack: Bool) {
    let plan = Plan(seed: seed, setsBack: setsBack)
    let simulation = municipality.simulation(seed: seed, plan: plan, isVerbose: isVerbose)
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
