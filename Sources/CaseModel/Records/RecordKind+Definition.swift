public import CRDT

extension RecordKind {
  /// Where records of a kind lie.
  public enum Home: Hashable, Sendable {
    /// In the tenant register: they belong to no case.
    case register
    /// In the file of a case: their `caseID` is the case's.
    case caseFile
    /// Under an external reporter's alias: their `caseID` is the alias, never the case.
    case alias
  }

  /// What there is to know about a kind.
  public struct Definition: Hashable, Sendable {
    /// The kind.
    public let kind: RecordKind
    /// The English name that protocol, command line and JSON output use.
    public let name: String
    /// Where records of the kind lie.
    public let home: Home
    /// Whether the server reads the payload because it governs access.
    public let isGoverned: Bool
    /// Whether leaders read it in the register of cases whether or not they take part: names, steps, and the
    /// days on which things happened.
    public let isMilestone: Bool
    /// The information type of a record whose author names none.
    public let informationType: InformationType
    /// The fields, in order of number.
    public let fields: [FieldDefinition]

    /// Finds a field by its number.
    public func field(_ id: FieldID) -> FieldDefinition? { fields.first { $0.id == id } }
    /// Finds a field by its English name.
    public func field(named name: String) -> FieldDefinition? { fields.first { $0.name == name } }
  }

  /// The kind's definition; `nil` for a kind that this version does not know.
  public var definition: Definition? { Self.table[self] }

  /// Finds a kind by its English name.
  public init?(name: String) {
    guard let definition = Self.definitions.first(where: { $0.name == name }) else { return nil }
    self = definition.kind
  }

  /// Where records of the kind lie; `nil` for an unknown kind.
  public var home: Home? { definition?.home }
  /// Whether the server reads the payload because it governs access.
  public var isGoverned: Bool { definition?.isGoverned ?? false }
  /// Whether leaders read it in the register of cases.
  public var isMilestone: Bool { definition?.isMilestone ?? false }

  private static let table: [RecordKind: Definition] =
    Dictionary(definitions.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
}
