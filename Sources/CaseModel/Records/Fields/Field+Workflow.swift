extension Field {
  /// The fields of a version of a workflow (R59). Given once: what changes is another version.
  public enum Workflow {
    /// Which workflow it is a version of.
    public static let code = FieldDefinition(1, "code", .code)
    /// The version, 1 first.
    public static let version = FieldDefinition(2, "version", .integer)
    /// What it is called.
    public static let name = FieldDefinition(3, "name", .label)
    /// The definition, as YAML (`Protocol/workflows`).
    public static let definition = FieldDefinition(4, "definition", .text)
    /// From which day new cases follow it.
    public static let adoptedOn = FieldDefinition(5, "adopted_on", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [code, version, name, definition, adoptedOn]
  }
}
