import ArgumentParser
import CRDT
import CaseModel
import Foundation
import SyncClient
import Workflows

/// `due`: what a coordinator waits for: what is due in 1,000 cases, a word found in them on a sealed replica,
/// and commands from their start to their answer on a replica of 100 cases.
///
/// Three lines: `due` and `find` in this process after the replica was opened, `start` in processes of their
/// own. What each is compared with is the least that it could take: reading the records, looking at the same
/// bytes once, and `kos --version`.
struct DueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "Time kos today and kos find over 1,000 cases, and commands on 100.",
    discussion: "kos must stand beside this program.")

  @Option(help: "How many cases the coordinator has.")
  var cases = 1_000
  @Option(help: "How many cases the replica has on which commands are started.")
  var small = 100
  @Option(help: "How many times each is done.")
  var rounds = 20
  @Flag(help: "End with 1 when a median is beyond its bound.")
  var check = false

  /// In milliseconds: what nobody notices, what nobody minds, and what a command line may take.
  private static let bounds = (due: 100.0, find: 500.0, start: 150.0)

  private static let commands = [["today"], ["case", "list"], ["agenda", "show"], ["report", "status"]]

  func run() async throws {
    let medians = try await inProcess() + [(try await started(), Self.bounds.start)]
    if check, medians.contains(where: { $0.0 > $0.1 }) { throw ExitCode(1) }
  }

  // MARK: In this process

  private func inProcess() async throws -> [(Double, Double)] {
    let tenant = try await Tenant()
    let caseload = Caseload(tenant: tenant, coordinator: tenant.leader.newIdentifier())
    try await caseload.open(cases)
    let file = tenant.folder.path + "/passphrase"
    guard
      FileManager.default.createFile(
        atPath: file, contents: Data(Caseload.passphrase.utf8), attributes: [.posixPermissions: 0o600])
    else { throw BenchmarkError(description: "no passphrase file") }
    let device = try await caseload.device(named: "sealed", passphraseFile: file)
    let outcome = try await device.sync(passphrase: { Caseload.passphrase }, timeout: .seconds(600))
    guard outcome == .upToDate else { throw BenchmarkError(description: "sync ended with \(outcome)") }
    device.close()
    tenant.server.stop()
    return [(try due(device), Self.bounds.due), (try find(device), Self.bounds.find)]
  }

  private func open(_ device: Replica) throws -> Replica {
    try Replica(home: device.home, passphrase: { Caseload.passphrase })
  }

  /// From the open replica to what is due, and how much of that is judging.
  ///
  /// - Returns: the median of all of it.
  private func due(_ device: Replica) throws -> Double {
    let clock = ContinuousClock()
    var (whole, read, judged): ([Double], [Double], [Double]) = ([], [], [])
    var work: [Double] = []
    for _ in 0..<rounds {
      let replica = try open(device)
      let start = clock.now
      let stock = try replica.stock()
      let (between, used) = (clock.now, ProcessorTime.own)
      let items = DueWork(
        for: replica.profile.person, as: .familyCoordinator, on: replica.today(),
        interruptions: Interruptions(stock),
        workflows: CaseWorkflows(stock, otherwise: ShippedWorkflow.kos.workflow) { _ in nil }
      ).items(in: stock)
      let end = clock.now
      guard items.count >= cases else { throw BenchmarkError(description: "\(items.count) things are due") }
      whole.append((end - start).milliseconds)
      read.append((between - start).milliseconds)
      judged.append((end - between).milliseconds)
      work.append(ProcessorTime.own - used)
      replica.close()
    }
    var figures = Figures("due")
    figures.add("cases", cases)
    figures.add("due_p50_ms", judged.percentile(0.5))
    figures.add("due_p95_ms", judged.percentile(0.95))
    figures.add("due_processor_p50_ms", work.percentile(0.5))
    figures.add("with_reading_p50_ms", whole.percentile(0.5))
    figures.add("with_reading_p95_ms", whole.percentile(0.95))
    figures.add("reading_p50_ms", read.percentile(0.5))
    figures.add("ratio_to_reading", whole.percentile(0.5) / read.percentile(0.5))
    figures.print()
    return whole.percentile(0.5)
  }

  /// From the open replica to the hits; beside it the same texts, looked through once for the same bytes.
  private func find(_ device: Replica) throws -> Double {
    let clock = ContinuousClock()
    let word = "gangstativ"
    var (ours, bare, work): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<rounds {
      let replica = try open(device)
      let (start, used) = (clock.now, ProcessorTime.own)
      let stock = try replica.stock()
      let hits = CaseSearch([word]).hits(in: stock)
      ours.append((clock.now - start).milliseconds)
      work.append(ProcessorTime.own - used)
      guard hits.count == (cases + 99) / 100 else {
        throw BenchmarkError(description: "\(hits.count) hits")
      }
      let texts = Self.texts(stock)
      bare.append(try clock.measure { try Self.scan(texts, for: word, hits.count) }.milliseconds)
      replica.close()
    }
    var figures = Figures("find")
    figures.add("cases", cases)
    figures.add("find_p50_ms", ours.percentile(0.5))
    figures.add("find_p95_ms", ours.percentile(0.95))
    figures.add("find_processor_p50_ms", work.percentile(0.5))
    figures.add("scan_p50_ms", bare.percentile(0.5))
    figures.add("ratio_to_scan", ours.percentile(0.5) / bare.percentile(0.5))
    figures.print()
    return ours.percentile(0.5)
  }

  /// All texts one after another.
  private static func texts(_ stock: CaseStock) -> Data {
    var bytes = Data()
    for record in stock.files.values.flatMap({ $0.records.values.joined() }) {
      for field in record.kind.definition?.fields ?? [] {
        guard field.valueType == .text || field.valueType == .label else { continue }
        if let text = record.text(field) { bytes.append(contentsOf: text.utf8) }
      }
    }
    return bytes
  }

  private static func scan(_ bytes: Data, for word: String, _ wanted: Int) throws {
    let pattern = Data(word.utf8)
    var (count, place) = (0, bytes.startIndex)
    while let hit = bytes.range(of: pattern, in: place..<bytes.endIndex) {
      count += 1
      place = hit.upperBound
    }
    guard count == wanted else { throw BenchmarkError(description: "\(count) hits in the bytes") }
  }

  // MARK: In processes of their own

  /// - Returns: the largest median of the commands.
  private func started() async throws -> Double {
    let tenant = try await Tenant()
    let caseload = Caseload(tenant: tenant, coordinator: tenant.leader.newIdentifier())
    try await caseload.open(small)
    let home = tenant.leader.home
    tenant.leader.close()
    tenant.server.stop()
    var times: [[String]: [Double]] = [:]
    var work: [[String]: [Double]] = [:]
    // By turns, so that all have the same machine.
    for _ in 0..<rounds {
      for words in [["--version"]] + Self.commands {
        let used = ProcessorTime.children
        times[words, default: []].append(try Self.answer(words, home: home))
        work[words, default: []].append(ProcessorTime.children - used)
      }
    }
    let bare = times[["--version"], default: []]
    var figures = Figures("start")
    figures.add("cases", small)
    figures.add("version_p50_ms", bare.percentile(0.5))
    var slowest = 0.0
    for words in Self.commands {
      let own = times[words, default: []]
      let name = words.joined(separator: "_")
      figures.add("\(name)_p50_ms", own.percentile(0.5))
      figures.add("\(name)_p95_ms", own.percentile(0.95))
      figures.add("\(name)_processor_p50_ms", work[words, default: []].percentile(0.5))
      figures.add("\(name)_ratio", own.percentile(0.5) / bare.percentile(0.5))
      slowest = max(slowest, own.percentile(0.5))
    }
    figures.print()
    return slowest
  }

  /// How long a command takes from its start to its end, in milliseconds.
  private static func answer(_ words: [String], home: String) throws -> Double {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("kos")
    process.arguments = words
    process.environment = ["KOS_HOME": home, "LANG": "da_DK.UTF-8", "PATH": "/usr/bin:/bin"]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let took = (ContinuousClock.now - start).milliseconds
    guard process.terminationStatus == 0, !said.isEmpty else {
      throw BenchmarkError(description: "kos \(words) failed: \(process.terminationStatus)")
    }
    return took
  }
}
