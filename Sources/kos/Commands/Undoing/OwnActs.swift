import CRDT
import CaseModel
import SyncClient

/// The user's latest acts, as `kos undo --list` numbers them.
enum OwnActs {
  /// So many are shown: what lies further back is edited rather than taken back.
  static let countMax = 20
  /// The list whose numbers `kos undo` takes.
  static let list = "undo"
}

extension Session {
  /// Shows acts with their numbers, and says which cannot be taken back and why.
  func show(_ writings: [OwnWriting]) throws {
    if writings.isEmpty { return output.line(output.say(.nothingToUndo)) }
    let stock = try replica.stock()
    try open(writings.flatMap(\.records))
    try replica.keep(numbers: writings.map(name), of: OwnActs.list)
    var rows: [[String]] = []
    for (place, writing) in writings.enumerated() {
      let obstacle = Reversal.obstacle(of: writing.records)
      let text = words(writing, stock)
      output.object([
        ("number", .integer(Int64(place + 1))), ("written_at", .integer(writing.writtenAt)),
        ("records", .array(writing.records.map { JSON($0.id) })),
        ("kinds", .array(writing.records.map { .string($0.kind.definition?.name ?? "") })),
        ("text", .string(text)), ("obstacle", JSON(obstacle?.rawValue)),
      ])
      let why = obstacle.map { " – " + output.say(Self.never($0)) }
      rows.append([String(place + 1), Clock.text(writing.writtenAt), text + (why ?? "")])
    }
    output.table(rows)
    output.line(output.say(.undoListHint))
  }

  /// The act that a number of the list names.
  ///
  /// - Throws: `Failure` where there is none, or the number meant another act when the list was shown last.
  func writing(_ number: Int, in writings: [OwnWriting]) throws -> OwnWriting {
    guard writings.indices.contains(number - 1) else {
      throw Failure(.usage, .noSuchRecord, String(number))
    }
    let writing = writings[number - 1]
    try check(number, means: name(writing), in: OwnActs.list) { try described(writing) }
    return writing
  }

  /// What an act wrote and when, for naming it in a sentence.
  func described(_ writing: OwnWriting) throws -> String {
    try open(writing.records)
    return words(writing, try replica.stock()) + ", " + Clock.text(writing.writtenAt)
  }

  private static func never(_ obstacle: Reversal.Obstacle) -> Phrase {
    switch obstacle {
    case .takenAway: .undoNeverTakenAway
    case .sent: .undoNeverSent
    case .opened: .undoNeverOpened
    case .governed, .writtenOn, .named, .nothingLeft: .undoNeverGoverned
    }
  }

  /// Says which act cannot be taken back, why, and how to go on.
  ///
  /// - Parameter redo: whether it took another back, which was to stand again.
  func failure(_ obstacle: Reversal.Obstacle, _ writing: OwnWriting, redo: Bool = false) throws -> Failure {
    let act = try described(writing)
    if redo { return Failure(.usage, .redoWrittenOn, act) }
    switch obstacle {
    case .governed: return Failure(.usage, .undoGoverned, act)
    case .opened: return Failure(.usage, .undoOpened, act)
    case .sent: return Failure(.usage, .undoSent, act)
    case .writtenOn: return Failure(.usage, .undoWrittenOn, act)
    case .named: return Failure(.usage, .undoNamed, act)
    case .nothingLeft: return Failure(.usage, .undoNothingLeft, act)
    case .takenAway: return Failure(.usage, .undoTakenAway, act)
    }
  }

  private func name(_ writing: OwnWriting) -> Identifier {
    replica.identifier(named: "act \(writing.writtenAt)")
  }

  /// The first record of an act in words, and how many more there are.
  private func words(_ writing: OwnWriting, _ stock: CaseStock) -> String {
    guard let record = writing.records.first else { return "–" }
    let isGoverned = record.kind.isGoverned && record.kind != .participant
    let isDescribed = isGoverned || record.kind == .protectedContact
    let text = (isDescribed ? describe(record, stock) : summary(record, stock)).shown(upTo: 40)
    let place = home(of: record, stock).map { " " + called($0) } ?? ""
    let more = writing.records.count - 1
    return kind(record.kind) + place + (text.isEmpty ? "" : ": " + text)
      + (more > 0 ? " " + output.say(.andMore, String(more)) : "")
  }
}
