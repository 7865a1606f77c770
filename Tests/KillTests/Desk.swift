import CRDT
import CaseModel
import Glibc
import SyncClient
import TestProcesses

/// Where somebody writes with the real `kos`, and a colleague who may read the same reads it.
@MainActor
final class Desk {
  /// What is written.
  enum Act {
    case contact
    case newCase
  }

  /// The shortest time that a command took which nobody disturbed.
  private(set) var writing = Duration.seconds(60)
  private let site: Site
  private let author: String
  private let reader: String
  private let act: Act
  private var count = 0
  /// How many records one act makes.
  private var recordsOfAct = 0
  /// The texts that are there, by whether they must be.
  private var written: Set<String> = []

  init(_ site: Site, author: String, reader: String, act: Act) {
    self.site = site
    self.author = author
    self.reader = reader
    self.act = act
  }

  /// The size of the author's log, which is removed when the last process closes the replica.
  var logBytes: Int {
    var status = stat()
    return stat(site.home(author) + "/replica.db-wal", &status) == 0 ? Int(status.st_size) : 0
  }

  func nextText() -> String {
    count += 1
    return "\(author)-\(count)"
  }

  /// Starts the command that writes.
  func write(_ text: String, isOffline: Bool) throws -> ChildProcess {
    let words =
      switch act {
      case .contact: ["contact", "log", "F01", "--kind", "visit", "--text", text]
      case .newCase:
        ["case", "new", "--label", text, "--child", "Anna", "--source", "hospital", "--text", text]
      }
    return try kos(words + (isOffline ? ["--offline"] : []), home: author)
  }

  /// Starts the command by which the reader gets what is new.
  func sync() throws -> ChildProcess { try kos(["sync"], home: reader) }

  private func kos(_ words: [String], home: String) throws -> ChildProcess {
    try ChildProcess(
      Products.path("kos"), words + ["--json", "--home", site.home(home)],
      errors: site.folder.path + "/kos.log")
  }

  /// Writes undisturbed, and learns what that takes and makes.
  func measure() async throws {
    for _ in 0..<3 {
      let text = nextText()
      let began = ContinuousClock.now
      let process = try write(text, isOffline: true)
      let said = try process.readToEnd()
      try require(process.wait() == .exited(0), "kos could not write: \(said)")
      writing = min(writing, ContinuousClock.now - began)
      let replica = try Replica(home: site.home(author))
      recordsOfAct = try records(of: text, in: replica).count
      replica.close()
      written.insert(text)
    }
    try require(recordsOfAct > (act == .contact ? 0 : 2), "an act made \(recordsOfAct) records only")
  }

  /// After a kill the replica opens; the act is there as a whole or not at all, and whole if it must be; and
  /// so it arrives at the reader, once.
  ///
  /// - Returns: whether it is there.
  @discardableResult
  func expect(_ text: String, mustBeThere: Bool) async throws -> Bool {
    let here = try await synced(author) { try self.records(of: text, in: $0) }
    try require(
      here.count == recordsOfAct || here.isEmpty, "\(here.count) of \(recordsOfAct) records of \(text)")
    try require(!here.isEmpty || !mustBeThere, "\(text) was said to be saved and is gone")
    if !here.isEmpty { written.insert(text) }
    let there = try await synced(reader) { try self.records(of: text, in: $0) }
    try require(there == here, "\(text) is not at \(reader) as it is at \(author)")
    return !here.isEmpty
  }

  /// At the end all acts are there, each once, and nothing waits or was refused.
  func conclude() async throws {
    let here = try await synced(author) { try $0.records() }
    let there = try await synced(reader) { try $0.records() }
    try require(states(here) == states(there), "\(author) and \(reader) do not show the same")
    let texts = here.compactMap { record in
      record.kind == .contact || record.kind == .case ? self.text(of: record) : nil
    }.filter { $0.hasPrefix(author + "-") }
    try require(texts.count == written.count && Set(texts) == written, "not every act is there once")
    // The program itself finds its replica in order too.
    let status = try kos(["sync"], home: author)
    let said = try status.readToEnd()
    try require(
      status.wait() == .exited(0) && said.contains("\"pending\":0") && said.contains("\"refused\":0"),
      "kos sync: \(said)")
  }

  private func synced<Result>(_ name: String, _ body: (Replica) throws -> Result) async throws -> Result {
    let replica = try Replica(home: site.home(name))
    defer { replica.close() }
    try await Office.sync(replica)
    return try body(replica)
  }

  /// What replicas agree on; who created a record is known in some only.
  private func states(_ records: [CaseRecord]) -> [Identifier: RecordState] {
    Dictionary(records.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
  }

  /// The records that the act with a text made.
  private func records(of text: String, in replica: Replica) throws -> [Identifier: RecordState] {
    let all = try replica.records()
    let named = all.filter { self.text(of: $0) == text }
    switch act {
    case .contact: return states(named.filter { $0.kind == .contact })
    case .newCase:
      // A part of the act without its case would still name itself by the text in its note.
      let cases = Set(named.compactMap(\.caseID))
      return states(all.filter { $0.caseID.map(cases.contains) ?? false })
    }
  }

  private func text(of record: CaseRecord) -> String? {
    switch record.kind {
    case .contact: record.text(Field.Contact.text)
    case .case: record.text(Field.Case.label)
    case .note: record.text(Field.Note.text)
    default: nil
    }
  }
}
