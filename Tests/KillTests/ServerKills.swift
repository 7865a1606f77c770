import CRDT
import Foundation
import Glibc
import Storage
import TestProcesses

/// `kosd` is killed at random moments while four replicas push and pull without pause.
@MainActor
final class ServerKills {
  private let seed: UInt64
  private var generator: SplitMix64
  private let course = Course()
  private var killsInWork = 0
  private var killsAtStart = 0

  init(seed: UInt64) {
    self.seed = seed
    generator = SplitMix64(seed: seed)
  }

  func run(times: Int) async throws {
    guard times > 0 else { return }
    say("Server: \(times) kills under load")
    let site = try await Site()
    let inspection = ServerInspection(site)
    let before = try counted(site)
    var clients: [LoadClient] = []
    for (index, name) in Site.names.enumerated() {
      clients.append(
        try LoadClient(
          name, home: site.home(name), case: site.caseID, assessment: site.assessment,
          seed: seed &+ UInt64(index) &* 7_919))
    }
    let watcher = clients[3]
    course.gate.open()
    let workers = clients.dropLast().map { client in Task { [course] in await client.work(course) } }
    let watching = Task { [course] in await watcher.watch(course) }
    do {
      for kill in 1...times {
        try await killOnce(site, clients, inspection, isThorough: kill % 25 == 0)
        if kill % 25 == 0 || kill == times { try await tell(kill, times, clients) }
      }
    } catch {
      site.folder.isKept = true
      throw Loss("\(error); the files are in \(site.folder.path)")
    }
    course.end()
    watching.cancel()
    for task in workers + [watching] { await task.value }
    try course.check()
    do {
      try await converge(clients)
      try site.kosd.stop()
      try await inspection.compareAll(clients, changesBefore: before)
    } catch {
      site.folder.isKept = true
      throw Loss("\(error); the files are in \(site.folder.path)")
    }
    try require(
      times < 10 || killsInWork * 2 >= times,
      "only \(killsInWork) of \(times) kills came with work on its way: they show nothing")
    for client in clients { try await client.close() }
  }

  /// How many changes the server has before the load.
  private func counted(_ site: Site) throws -> Int {
    try site.kosd.stop()
    let store = try ServerStore(directory: site.tenant)
    let count = try store.counts().changes
    try store.close()
    try site.startServer()
    try site.kosd.awaitListening()
    return count
  }

  private func killOnce(
    _ site: Site, _ clients: [LoadClient], _ inspection: ServerInspection, isThorough: Bool
  ) async throws {
    try await Task.sleep(for: .microseconds(Int.random(in: 0...600_000, using: &generator)))
    course.gate.close()
    try end(site.kosd)
    var isInWork = false
    for client in clients {
      let told = try await client.told()
      if told.pending > 0 { isInWork = true }
    }
    if isInWork { killsInWork += 1 }
    try course.check()
    try await inspection.compareWithTold(clients, isThorough: isThorough)
    try site.startServer()
    // Now and then it is killed while it recovers from the kill before.
    if Int.random(in: 0..<8, using: &generator) == 0 {
      try await Task.sleep(for: .microseconds(Int.random(in: 0...150_000, using: &generator)))
      try end(site.kosd)
      killsAtStart += 1
      try site.startServer()
    }
    try site.kosd.awaitListening()
    course.gate.open()
  }

  private func end(_ kosd: Kosd) throws {
    let end = kosd.process.endNow()
    try require(end == .killed(SIGKILL), "kosd had ended by itself: \(end) \(kosd.logEnd())")
  }

  private func tell(_ kill: Int, _ times: Int, _ clients: [LoadClient]) async throws {
    var acknowledged: UInt64 = 0
    for client in clients { acknowledged += try await client.told().entries }
    say(
      "  \(kill) of \(times): \(acknowledged) entries acknowledged, \(killsInWork) kills with work on its "
        + "way, \(killsAtStart) more during a start")
  }

  /// Everybody exchanges until nothing moves.
  private func converge(_ clients: [LoadClient]) async throws {
    for _ in 0..<2 {
      for client in clients {
        let outcome = try await client.exchange()
        try require(outcome == .upToDate, "\(client.name) does not come up to date: \(outcome)")
      }
    }
    for client in clients {
      let standing = try await client.standing()
      try require(standing == (0, 0), "\(client.name): (pending, refused) = \(standing)")
    }
  }
}
