import CRDT
import CaseModel
import Replication
public import WireProtocol

extension ServerStore {
  /// So many changes are taken in with one commit.
  private static let changesAtOnce = 512

  /// Takes over the cases that another tenant handed over in a file (R51; `Protocol/transfer.md`), with their
  /// history and their attachments. What gives rights in them waits until somebody here confirms it.
  ///
  /// The file is read twice: once whole, before anything changes. Taken in again, after a crash or by
  /// mistake, it changes nothing.
  ///
  /// - Parameters:
  ///   - file: what the other tenant wrote.
  ///   - sender: its card, which its people told.
  ///   - now: milliseconds since 1970.
  ///   - isDryRun: whether the file is only looked through: nothing changes then.
  ///   - progress: told how many changes are taken in, and of how many.
  /// - Throws: `TransferError`: `badSignature`, `malformed`, `ownCard`, `clash` with the record,
  ///   `unproven`, `cameBack` with the case; `BundleError`; `StorageError`, and then what came before is
  ///   here, and the rest comes with the next attempt.
  public func receive(
    _ file: String, from sender: TenantCard, at now: Int64, isDryRun: Bool = false,
    progress: (_ done: Int, _ of: Int) -> Void
  ) throws -> TransferSummary {
    guard sender.tenant != tenant.id else { throw TransferError(.ownCard) }
    let checked = try check(file, from: sender)
    var summary = checked.summary
    if isDryRun { return summary }
    (summary.newChanges, summary.left) = (0, 0)
    // Before what they prove: where this is cut off, the next attempt goes on.
    try keep(checked.handovers)
    var reader = try TransferReader(file, for: tenant, from: sender)
    var waiting: [OfferedChange] = []
    var done = 0
    var bytes: ArrivingBytes?
    func takeIn() throws {
      guard !waiting.isEmpty else { return }
      let counts = try arrive(waiting, from: checked.origins, isFirst: done == 0, at: now)
      summary.newChanges += counts.new
      summary.left += counts.left
      done += waiting.count
      progress(done, summary.changes)
      waiting = []
    }
    while let part = try reader.next() {
      switch part {
      case .handover: continue
      case .changes(let changes):
        waiting += changes
        if waiting.count >= Self.changesAtOnce { try takeIn() }
      case .attachment(let attachment):
        try takeIn()
        try bytes?.finish(in: self)
        bytes = try ArrivingBytes(attachment, in: self)
      case .chunk(let chunk): try bytes?.add(chunk, in: self)
      }
    }
    try takeIn()
    try bytes?.finish(in: self)
    return summary
  }

  /// What a whole file shows.
  private struct Checked {
    var summary: TransferSummary
    let origins: [GroupStage.Origin]
    let handovers: [Handover]
  }

  /// Reads the whole file before anything changes.
  private func check(_ file: String, from sender: TenantCard) throws -> Checked {
    var reader = try TransferReader(file, for: tenant, from: sender)
    var check = try TransferCheck(reader.statement, in: self)
    while let part = try reader.next() { try check.take(part) }
    try check.finish()
    var summary = reader.summary
    (summary.newChanges, summary.left) = (check.newChanges, check.left)
    return Checked(
      summary: summary, origins: check.origins, handovers: check.handovers + [reader.handover])
  }

  /// - Returns: how many of the changes were not here, and how many were left out.
  private func arrive(
    _ changes: [OfferedChange], from origins: [GroupStage.Origin], isFirst: Bool, at now: Int64
  ) throws -> (new: Int, left: Int) {
    let loaded = try load()
    var stage = GroupStage(
      source: self, directory: loaded.directory, governing: loaded.governing.staged(), after: position,
      logDigest: logDigest, at: now)
    do {
      let counts = try stage.arrive(changes, from: origins, isFirst: isFirst)
      try commit(stage.group)
      if counts.new > 0 { try sendAnew(Set(stage.group.changes.map(\.change.header.record))) }
      return counts
    } catch let error as ProtocolError {
      throw TransferError(error.code == .forked ? .clash : .malformed)
    }
  }

  /// Devices that hold a record are sent its state: of a change alone they could not tell with which tenant
  /// the chain of its author starts.
  private func sendAnew(_ records: Set<Identifier>) throws {
    try StorageError.translating {
      try database.inDatabase { db in
        try db.transaction(.immediate) {
          for record in records.sorted() {
            guard let row = try recordRow(record, db)?.row else { continue }
            try db.run("UPDATE holding SET position = NULL WHERE record = ?", [.integer(row)])
          }
        }
      }
    }
  }
}
