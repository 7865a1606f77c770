import CRDT

/// Who writes the kinds that give and take access: a table, in which what is not listed is refused. Case
/// heads, allocations and participations have rules of their own.
struct GoverningRule: Sendable {
  /// Who a writer is, as far as writing goes.
  enum Writer: Sendable, Hashable {
    /// A leader of the tenant.
    case leader
    /// The coordinator of the case; in the register one by her role in the tenant.
    case coordinator
    /// Whoever takes part as one of the staff.
    case staff
    /// A parent who takes part.
    case parent
    /// Who created the record.
    case creator
    /// A parent who takes part and whose consent it is.
    case grantor
  }

  /// What is done to a field.
  enum Act: Sendable, Hashable {
    case assign, add, remove, decide

    /// What an operation does; `nil` for what no governed field takes.
    init?(_ operation: Operation) {
      switch operation.action {
      case .assign: self = .assign
      case .add: self = .add
      case .remove: self = .remove
      case .decide: self = .decide
      case .edit, .rank, .unknown: return nil
      }
    }
  }

  /// What may be written to a field once the record is there.
  struct Writing: Sendable {
    let fields: [FieldDefinition]
    let acts: Set<Act>
    let by: [Writer]
  }

  let kind: RecordKind
  /// Who creates records of the kind.
  let creators: [Writer]
  /// What is written afterwards; all else is given once.
  let writings: [Writing]

  /// The rule for a kind; `nil` for one that is not in the table.
  static func of(_ kind: RecordKind) -> GoverningRule? {
    // Asked for each change of content, whose kinds have smaller numbers.
    kind < .consent ? nil : byKind[kind]
  }

  /// Whether what is done to a field is listed, and by whom.
  func writers(of field: FieldID, _ act: Act) -> [Writer]? {
    writings.first { $0.acts.contains(act) && $0.fields.contains { $0.id == field } }?.by
  }

  private static let byKind: [RecordKind: GoverningRule] =
    Dictionary(table.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
}
