import CRDT
import CaseModel
import Foundation
import Storage
import TestProcesses
import WireProtocol

/// Looks into the data of a server that does not run, beside what its clients hold.
@MainActor
struct ServerInspection {
  private let site: Site

  init(_ site: Site) { self.site = site }

  /// After a kill: every entry that a client has a verdict on is there, and is the same, and the ledger has
  /// all that the database knows of it. The files are copied first, so that the next server recovers from
  /// what the killed one left.
  func compareWithTold(_ clients: [LoadClient], isThorough: Bool) async throws {
    let copy = site.folder.path + "/copy"
    let beside = [".ledger", ".keys", ".keys.wrapping", ".keys-wal"]
    for path in [copy] + beside.map({ copy + $0 }) { try? FileManager.default.removeItem(atPath: path) }
    try copyFiles(of: site.tenant, to: copy)
    for name in beside where FileManager.default.fileExists(atPath: site.tenant + name) {
      try FileManager.default.copyItem(atPath: site.tenant + name, toPath: copy + name)
    }
    let store = try ServerStore(directory: copy)
    try require(!store.isInRecovery, "the server's ledger is not the one that its database knows")
    let devices = try store.load().directory.devices
    for client in clients {
      let told = try await client.told()
      let device = devices[try await client.actor()]
      let has = device?.journal.entries ?? 0
      try require(
        has >= told.entries,
        "\(client.name) was told a verdict on entry \(told.entries), but the server's last is \(has)")
      if has == told.entries {
        try require(
          device?.journal.digest == told.digest, "the server has another entry \(has) of \(client.name)")
      }
    }
    if isThorough { try verify(store) }
    try store.close()
  }

  private func verify(_ store: ServerStore) throws {
    let report = store.verify()
    try require(report.isSound, "the store is not sound: \(report.findings.prefix(3))")
  }

  /// At the end: the store is sound, holds each change once, and every replica shows what it holds and what
  /// each person wrote last.
  func compareAll(_ clients: [LoadClient], changesBefore: Int) async throws {
    let store = try ServerStore(directory: site.tenant)
    try verify(store)
    var written = 0
    for client in clients { written += await client.written }
    let changes = try store.counts().changes - changesBefore
    try require(changes == written, "\(written) changes were written, and the server has \(changes)")
    guard let first = clients.first else { return }
    let expected = try await first.states()
    for client in clients.dropFirst() {
      let states = try await client.states()
      try require(states == expected, "\(client.name) and \(first.name) do not show the same")
    }
    for (id, state) in expected {
      let stored = try store.record(id)?.state
      try require(stored == state, "the server has another state of record \(id)")
    }
    for client in clients {
      for (id, text) in await client.texts {
        let values = expected[id]?.values(Field.Contact.text.id).map(\.value)
        try require(values == [.text(text)], "\(client.name) wrote something that is not there: \(id)")
      }
    }
    try store.close()
    say("  all replicas and the server are equal: \(expected.count) records, \(changes) changes, each once")
  }
}
