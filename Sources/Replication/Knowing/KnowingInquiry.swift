public import CRDT
public import WireProtocol

/// Asks a server, page by page, who was sent some records and who opened them, and checks that each row
/// stands where the signed log has it.
public struct KnowingInquiry: Sendable {
  /// A row about a record.
  public struct Row: Hashable, Sendable {
    /// The record that was asked about.
    public let record: Identifier
    /// Which log it stands in.
    public let kind: LogKind
    /// What is told of it.
    public let row: LogRow
    /// Shows that it stands in the log of the proof's size.
    public let proof: InclusionProof
  }

  /// One record in one log.
  private struct Question: Sendable {
    let record: Identifier
    let kind: LogKind
    var from: UInt64 = 0
  }

  private let since: Int64
  private var questions: [Question]
  private var number: UInt64 = 0
  /// What was told.
  public private(set) var rows: [Row] = []
  /// The records of which this person is told nothing, or that do not exist.
  public private(set) var unavailable: Set<Identifier> = []
  /// The checkpoints that the rows were held against, each once.
  public private(set) var checkpoints: [SignedCheckpoint] = []
  /// When the older of the checkpoints was signed that the rows were held against: what came later is not
  /// among them.
  public private(set) var asOf: Int64?

  /// Begins an inquiry.
  ///
  /// - Parameter since: rows that were recorded then or later, in milliseconds since 1970.
  public init(of records: [Identifier], since: Int64) {
    self.since = since
    questions = records.flatMap { record in LogKind.allCases.map { Question(record: record, kind: $0) } }
      .reversed()
  }

  /// The next question; `nil` when all is told.
  ///
  /// - Parameter size: how many rows the checkpoint has that is kept of a log.
  public mutating func request(keeping size: (LogKind) -> UInt64) -> WireKnowingRequest? {
    guard let question = questions.last else { return nil }
    number += 1
    return .with {
      $0.request = number
      $0.record = .init(question.record.bytes)
      $0.log = UInt32(question.kind.rawValue)
      $0.from = question.from
      $0.since = since
      $0.size = size(question.kind)
    }
  }

  /// Takes in a page.
  ///
  /// - Parameter watch: what is kept of the logs; it goes forward with the page's checkpoint.
  /// - Returns: what came of the checkpoint.
  /// - Throws: `ProtocolError`: `MALFORMED` for what is no answer, `BAD_SIGNATURE` when a row is not shown to
  ///   stand in the log.
  public mutating func receive(
    _ page: WireKnowing, _ watch: inout LogWatch, at now: Int64
  ) throws -> [LogWatch.Outcome] {
    guard var question = questions.popLast(), page.request == number else { throw ProtocolError.malformed }
    guard page.code == 0 else {
      unavailable.insert(question.record)
      questions.removeAll { $0.record == question.record }
      return []
    }
    let outcomes = try watch.receive(.with { $0.logs = [page.checkpoint] }, at: now)
    let signed = try SignedCheckpoint(
      body: Array(page.checkpoint.checkpoint.body), signature: Array(page.checkpoint.checkpoint.signature))
    let checkpoint = signed.checkpoint
    guard checkpoint.kind == question.kind else { throw ProtocolError.malformed }
    if !checkpoints.contains(signed) { checkpoints.append(signed) }
    asOf = min(asOf ?? .max, checkpoint.signedAt)
    let asked = question.from
    for told in page.rows {
      let row = try LogRow(encoded: Array(told.row))
      let proof = try InclusionProof(
        index: told.proof.index, size: told.proof.size, received: told.proof.path.map { Array($0) })
      guard proof.index >= question.from, checkpoint.contains(row, proof: proof) else {
        throw ProtocolError(.badSignature)
      }
      rows.append(Row(record: question.record, kind: question.kind, row: row, proof: proof))
      question.from = proof.index + 1
    }
    guard !page.complete else { return outcomes }
    // A page says where the next one begins, since it may tell nothing of its rows. It goes on, or a server
    // could hold whoever asks for ever.
    guard page.next >= question.from, page.next > asked, page.next <= checkpoint.size else {
      throw ProtocolError.malformed
    }
    question.from = page.next
    questions.append(question)
    return outcomes
  }
}
