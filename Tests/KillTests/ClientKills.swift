import CRDT
import CaseModel
import Foundation
import Glibc
import Storage
import SyncClient
import TestProcesses

/// `kos` is killed right after it said that it saved, and at random moments of writing and of syncing.
@MainActor
final class ClientKills {
  private var generator: SplitMix64
  private var killsAfterSaved = 0
  private var savedRounds = 0
  private var randomRounds = 0
  private var wholes = 0

  init(seed: UInt64) { generator = SplitMix64(seed: seed ^ 0xc11e) }

  func run(times: Int) async throws {
    guard times > 0 else { return }
    say("Client: \(times) kills")
    let site = try await Site()
    try await site.addDevice(of: "Lene", as: "Lene's other")
    do {
      let desks = [
        Desk(site, author: "Karin", reader: "Poul", act: .contact),
        Desk(site, author: "Lene", reader: "Lene's other", act: .newCase),
      ]
      for desk in desks { try await desk.measure() }
      for kill in 1...times {
        // A new case is an act of several changes, a contact one of a single change.
        let desk = desks[kill % 3 == 0 ? 1 : 0]
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<6: try await killAfterSaved(desk)
        case 6..<9: try await killWhileWriting(desk)
        default: try await killWhileSyncing(desk)
        }
        if kill % 25 == 0 || kill == times { tell(kill, times) }
      }
      for desk in desks { try await desk.conclude() }
      try site.kosd.stop()
      let store = try ServerStore(directory: site.tenant)
      let report = store.verify()
      try require(report.isSound, "the store is not sound: \(report.findings.prefix(3))")
      try store.close()
    } catch {
      site.folder.isKept = true
      throw Loss("\(error); the files are in \(site.folder.path)")
    }
    try require(
      killsAfterSaved * 2 >= savedRounds,
      "only \(killsAfterSaved) of \(savedRounds) processes had not ended by themselves: they show nothing")
  }

  private func tell(_ kill: Int, _ times: Int) {
    say(
      "  \(kill) of \(times): \(killsAfterSaved) of \(savedRounds) killed right after they had saved; of "
        + "\(randomRounds) killed while writing, \(wholes) had saved")
  }

  private func killAfterSaved(_ desk: Desk) async throws {
    let text = desk.nextText()
    let isOffline = Int.random(in: 0..<4, using: &generator) > 0
    let process = try desk.write(text, isOffline: isOffline)
    while let line = try process.readLine(), !line.contains("\"saved\":true") {}
    savedRounds += 1
    if process.endNow() == .killed(SIGKILL) { killsAfterSaved += 1 }
    try await desk.expect(text, mustBeThere: true)
  }

  private func killWhileWriting(_ desk: Desk) async throws {
    let text = desk.nextText()
    let process = try desk.write(text, isOffline: true)
    if Bool.random(using: &generator) {
      // Half of the time is the program's start, in which there is little to break.
      try await pause(from: desk.writing / 2, to: desk.writing * 5 / 4)
    } else {
      // In the midst of the few milliseconds in which the act gets to the disk.
      while !process.hasSpoken, desk.logBytes == 0 { usleep(20) }
      usleep(UInt32.random(in: 0...6_000, using: &generator))
    }
    _ = process.endNow()
    let said = try process.readToEnd()
    randomRounds += 1
    if try await desk.expect(text, mustBeThere: said.contains("\"saved\":true")) { wholes += 1 }
  }

  /// The reader is killed while she takes in what is new; the next sync brings the rest.
  private func killWhileSyncing(_ desk: Desk) async throws {
    let text = desk.nextText()
    let process = try desk.write(text, isOffline: false)
    _ = try process.readToEnd()
    try require(process.wait() == .exited(0), "kos could not write")
    let sync = try desk.sync()
    try await pause(from: .zero, to: desk.writing * 2)
    _ = sync.endNow()
    try await desk.expect(text, mustBeThere: true)
  }

  private func pause(from shortest: Duration, to longest: Duration) async throws {
    func microseconds(_ duration: Duration) -> Int64 { Int64(duration / .microseconds(1)) }
    let drawn = Int64.random(in: microseconds(shortest)...microseconds(longest), using: &generator)
    try await Task.sleep(for: .microseconds(drawn))
  }
}
