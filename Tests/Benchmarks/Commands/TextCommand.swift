import ArgumentParser
import CRDT
import WireProtocol

/// `text`: a sequential editing trace, replayed, encoded, and loaded into a fresh replica.
struct TextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text", abstract: "Replay and load a sequential editing trace in memory.")

  @Argument(help: "A trace's name or path.") var trace = "automerge-paper"

  func run() throws {
    let (name, trace) = try EditingTrace.load(trace)
    let replay = TextReplay(trace)
    let clock = ContinuousClock()
    let start = clock.now
    let written = try replay.edit()
    let replayed = clock.now - start
    guard written.replica.shown.text(TextAuthor.field).string == trace.endContent else {
      throw BenchmarkError(description: "the text is not the trace's")
    }
    let history = written.changes.batches
    var loaded = ""
    let load = try clock.measure {
      var reader = TextReader(isChaining: true)
      for message in history { try reader.take(message) }
      loaded = reader.text
    }
    guard loaded == trace.endContent else {
      throw BenchmarkError(description: "the history is another text's")
    }
    let snapshot = try snapshot(of: written.changes)
    var opened = ""
    let open = try clock.measure {
      opened = try RecordSnapshot(encoded: snapshot).state.text(TextAuthor.field).string
    }
    guard opened == trace.endContent else {
      throw BenchmarkError(description: "the snapshot is another text's")
    }
    var figures = Figures("text/\(name)")
    figures.add("edits", replay.edits)
    figures.add("replay_ms", replayed.milliseconds)
    figures.add("history_bytes", history.reduce(0) { $0 + $1.count })
    figures.add("snapshot_bytes", snapshot.count)
    figures.add("load_history_ms", load.milliseconds)
    figures.add("load_snapshot_ms", open.milliseconds)
    figures.print()
  }

  /// The record as a store keeps it and a server delivers it.
  private func snapshot(of changes: [EncodedChange]) throws -> [UInt8] {
    var snapshot = RecordSnapshot(record: TextAuthor.record)
    for change in changes {
      let id = change.header.id
      let digest = change.digest(after: snapshot.digest(of: id.actor, tenant: TextAuthor.tenant))
      try snapshot.accept(
        try change.decoded(receivedAt: change.header.writtenAt), creates: change.header.creates,
        head: RecordSnapshot.Head(id: id, digest: digest))
    }
    return snapshot.encoded
  }
}
