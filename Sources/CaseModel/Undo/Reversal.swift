public import CRDT

/// Takes back what a change did to a record, by another change: what was said stays in the history, and what
/// others have said meanwhile stays where it is.
public struct Reversal: Sendable {
  /// What a change did to a field.
  public struct Edit: Sendable, Hashable {
    /// The field.
    public let field: FieldID
    /// What was shown before; empty for nothing.
    public let before: [Value]
    /// What was shown afterwards.
    public let after: [Value]

    /// Describes what was done.
    public init(field: FieldID, before: [Value], after: [Value]) {
      self.field = field
      self.before = before
      self.after = after
    }
  }

  /// Why a change is not taken back.
  public enum Obstacle: String, Error, Sendable, Hashable, CaseIterable {
    /// It decided on rights or was issued: that is ended by an act of its own.
    case governed
    /// It opened a case: that is closed.
    case opened
    /// It was sent to somebody outside and is not changed any more.
    case sent
    /// It was written on since: in the same text, or in a record that it created.
    case writtenOn = "written_on"
    /// Others stand on a record that it created: they name it, or it is a person, who may have been invited.
    case named
    /// Nothing of it stands any more.
    case nothingLeft = "nothing_left"
    /// It took a note from those who were not to have it, and would give it to them again.
    case takenAway = "taken_away"
  }

  /// An account's acts, by when they were written, in milliseconds since 1970.
  public struct Acts: Sendable, Hashable {
    private let account: Identifier
    private let instants: Set<Int64>

    /// Names acts.
    public init(of account: Identifier, at instants: Set<Int64>) {
      self.account = account
      self.instants = instants
    }

    fileprivate func wrote(_ context: ChangeContext) -> Bool {
      context.origin == nil && context.author == account && instants.contains(context.writtenAt)
    }
  }

  /// Why nothing that was done to a record is taken back, whatever it was; `nil` where it depends on that.
  public static func obstacle(of record: CaseRecord) -> Obstacle? {
    if record.kind.isGoverned || !record.kind.isKnown { return .governed }
    // What left the system, on paper or to somebody outside, has left it.
    if record.kind.home == .alias || record.kind == .disclosure || record.kind == .settlement { return .sent }
    return nil
  }

  /// Why nothing of an act is taken back, whatever it did to each of its records; `nil` where it depends on
  /// that. An act is taken back whole or not at all.
  public static func obstacle(of records: [CaseRecord]) -> Obstacle? {
    let isTakenAway = records.contains {
      $0.kind == .settlement && $0.text(Field.Settlement.rule) == Code.enteredInError
    }
    if isTakenAway { return .takenAway }
    // Who opens a case takes part in it from the same act on; what is written to a case's head later gives
    // nobody a part.
    let isOpening = records.contains { $0.kind == .case } && records.contains { $0.kind == .participant }
    return isOpening ? .opened : records.lazy.compactMap { obstacle(of: $0) }.first
  }

  /// Whether others stand on a record, so that they would mean nobody or nothing if it was taken back. That a
  /// person enrolled is written in no record.
  ///
  /// - Parameters:
  ///   - records: all that are held.
  ///   - act: what was written together with it, and would be taken back with it.
  public static func isStoodOn(
    _ record: CaseRecord, by records: [CaseRecord], besides act: Set<Identifier>
  ) -> Bool {
    if record.kind == .person { return true }
    guard [.organisation, .workflow, .child, .relative, .intervention].contains(record.kind) else {
      return false
    }
    return records.contains { !act.contains($0.id) && !$0.isEnteredInError && $0.names(record.id) }
  }

  /// Drafts the change that takes another back.
  ///
  /// A register gets its former value, a set what was taken out and loses what was added, a text becomes what
  /// it was. Of a record that the change created a task is given up, and everything else says nothing any
  /// more: it is entered in error (`CaseRecord.isEnteredInError`). Where others wrote in it, it stays whole,
  /// since what is left of half a record would count as one.
  ///
  /// - Parameters:
  ///   - record: as it stands now.
  ///   - edits: what the change did.
  ///   - isCreation: whether it created the record.
  ///   - acts: the act, and those that took acts back. Where another one wrote what stands, somebody has said
  ///     it since, also where it is the same: it stays. Without them what is said alone decides.
  /// - Throws: `Obstacle`.
  public static func draft(
    over record: CaseRecord, _ edits: [Edit], isCreation: Bool, of acts: Acts? = nil
  ) throws(Obstacle) -> RecordDraft {
    if let obstacle = obstacle(of: record) { throw obstacle }
    var draft = RecordDraft.change(record)
    if isCreation, record.kind == .task {
      let written = edits.first { $0.field == Field.Task.status.id }?.after ?? []
      let standing = record.state.values(Field.Task.status.id)
      guard TaskStatus(of: record)?.isOpen == true else { throw .nothingLeft }
      guard isOwn(standing, acts), written.isEmpty || standing.map(\.value) == written else {
        throw .writtenOn
      }
      draft.write(Field.Task.status, TaskStatus.cancelled.rawValue)
      return draft
    }
    for edit in edits {
      guard let field = record.kind.definition?.field(edit.field) else { continue }
      switch field.kind {
      case .register: reverseRegister(edit, field, record, acts, &draft)
      case .set: reverseSet(edit, field, record, acts, &draft)
      case .text: try reverseText(edit, field, record, &draft)
      default: throw .governed
      }
    }
    guard !draft.operations.isEmpty else { throw .nothingLeft }
    if isCreation {
      let left = CaseRecord(draft, over: record, by: record.creator ?? record.id, at: record.created)
      guard left.isEnteredInError else { throw .writtenOn }
    }
    return draft
  }

  /// Whether nobody but the acts wrote any of what stands.
  private static func isOwn(_ standing: [LiveOperation], _ acts: Acts?) -> Bool {
    guard let acts else { return true }
    return standing.allSatisfy { acts.wrote($0.context) }
  }

  /// What was written stays written only where somebody wrote something else since.
  private static func reverseRegister(
    _ edit: Edit, _ field: FieldDefinition, _ record: CaseRecord, _ acts: Acts?, _ draft: inout RecordDraft
  ) {
    let standing = record.state.values(field.id)
    guard let written = edit.after.first, standing.map(\.value) == [written], isOwn(standing, acts) else {
      return
    }
    let former = edit.before.first ?? .null
    if former != written { draft.write(field, former) }
  }

  private static func reverseSet(
    _ edit: Edit, _ field: FieldDefinition, _ record: CaseRecord, _ acts: Acts?, _ draft: inout RecordDraft
  ) {
    let standing = Set(record.state.elements(field.id))
    let additions = Dictionary(grouping: record.state.operations(field.id, .set), by: \.value)
    let (before, after) = (Set(edit.before), Set(edit.after))
    for element in edit.after where !before.contains(element) && standing.contains(element) {
      if isOwn(additions[element, default: []], acts) { draft.remove(field, element) }
    }
    for element in edit.before where !after.contains(element) && !standing.contains(element) {
      draft.operations.append(Operation(field: field.id, action: .add(element)))
    }
  }

  private static func reverseText(
    _ edit: Edit, _ field: FieldDefinition, _ record: CaseRecord, _ draft: inout RecordDraft
  ) throws(Obstacle) {
    let text = record.state.text(field.id)
    guard Value.text(text.string) == string(edit.after) else { throw .writtenOn }
    guard case .text(let former) = string(edit.before) else { return }
    var editor = TextEditor(text)
    editor.replace(with: former)
    draft.edit(field, editor.finish())
  }

  private static func string(_ values: [Value]) -> Value {
    if case .text(let text)? = values.first { return .text(text) }
    return .text("")
  }
}

extension RecordKind {
  fileprivate var isKnown: Bool { definition != nil }
}
