public import SimulatedDisk

/// Fails every call that a script of people's work makes to a disk, once, in every way in which it can fail,
/// and sees that nothing is lost.
public struct DiskFaults {
  /// What was done.
  public struct Figures: Sendable {
    public var scripts = 0
    /// Calls that were struck, each in one way.
    public var points = 0
    /// Those among them that ended a process or lost the power.
    public var crashes = 0
    /// How many of which kind.
    public var byCall: [DiskCall: Int] = [:]
    /// What went wrong, at most 20.
    public var losses: [String] = []
  }

  /// How many steps a script has, beside those that each has.
  let length: Int
  /// Every how manieth point is tried.
  let stride: Int
  /// Told now and then.
  let report: (String) -> Void

  public init(length: Int, stride: Int, report: @escaping (String) -> Void = { _ in }) {
    self.length = length
    self.stride = stride
    self.report = report
  }

  /// Runs the scripts of some seeds.
  public func run(seeds: Range<UInt64>) throws -> Figures {
    var figures = Figures()
    for seed in seeds {
      try run(seed, &figures)
      report(
        "seed \(seed): \(figures.points) points, \(figures.crashes) crashes so far, "
          + "\(figures.losses.count) losses")
    }
    return figures
  }

  /// Runs one point again.
  public func replay(seed: UInt64, _ description: String) throws -> String? {
    let household = try Household(seed: seed)
    let script = Script(seed: seed, length: length)
    let point = try points(household, script).first { $0.description == description }
    guard let point else { return "there is no such point" }
    var figures = Figures()
    try attempt(household, script, point, &figures)
    return figures.losses.first
  }

  private func points(_ household: Household, _ script: Script) throws -> [CrashPoint] {
    let run = try ScriptRun(household, script, nil, name: "dry-\(household.seed)")
    try run.run()
    var points: [CrashPoint] = []
    for place in [CrashPoint.Place.server, .device] {
      for call in DiskCall.allCases where call != .lock {
        points += CrashPoint.points(place, call, count: run.counts[place]?[call] ?? 0, seed: household.seed)
      }
    }
    return points
  }

  private func run(_ seed: UInt64, _ figures: inout Figures) throws {
    figures.scripts += 1
    let household = try Household(seed: seed)
    let script = Script(seed: seed, length: length)
    let points = try points(household, script)
    for index in Swift.stride(from: Int(seed) % stride, to: points.count, by: stride) {
      try attempt(household, script, points[index], &figures)
    }
  }

  private func attempt(
    _ household: Household, _ script: Script, _ point: CrashPoint, _ figures: inout Figures
  ) throws {
    figures.points += 1
    figures.byCall[point.call, default: 0] += 1
    do {
      let run = try ScriptRun(household, script, point, name: "run-\(household.seed)")
      try run.run()
      figures.crashes += run.wasStruck ? 1 : 0
    } catch {
      if figures.losses.count < 20 { figures.losses.append("seed \(household.seed), \(point): \(error)") }
    }
  }
}
