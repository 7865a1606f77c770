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
    /// The fields that tell on which day it happened, in order of number: that a child was born tells nothing
    /// of the case.
    let happeningFields: [FieldDefinition]

    init(
      kind: RecordKind, name: String, home: Home, isGoverned: Bool, isMilestone: Bool,
      informationType: InformationType, fields: [FieldDefinition]
    ) {
      self.kind = kind
      self.name = name
      self.home = home
      self.isGoverned = isGoverned
      self.isMilestone = isMilestone
      self.informationType = informationType
      self.fields = fields
      happeningFields = fields.filter {
        $0.valueType == .day && (kind != .child || $0 != Field.Child.born)
      }
    }

    /// Finds a field by its number.
    public func field(_ id: FieldID) -> FieldDefinition? { fields.first { $0.id == id } }
    /// Finds a field by its English name.
    public func field(named name: String) -> FieldDefinition? { fields.first { $0.name == name } }
  }

  /// The kind's definition; `nil` for a kind that this version does not know.
  public var definition: Definition? {
    let place = Int(rawValue)
    return Self.table.indices.contains(place) ? Self.table[place] : nil
  }

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

  /// By number: every record is asked what kind it is of, and numbers are few.
  private static let table: [Definition?] = {
    let known = Dictionary(definitions.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    return (0...(known.keys.max()?.rawValue ?? 0)).map { known[RecordKind(rawValue: $0)] }
  }()
}
