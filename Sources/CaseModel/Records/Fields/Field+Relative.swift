extension Field {
  /// The fields of a relative of the children.
  public enum Relative {
    /// What the relative is called.
    public static let name = FieldDefinition(1, "name", .label)
    /// Such as `mother`, `father`, `sibling` or `grandparent`.
    public static let relation = FieldDefinition(2, "relation", .code)
    /// Whether the relative holds custody.
    public static let hasCustody = FieldDefinition(3, "has_custody", .boolean)
    /// The day of birth.
    public static let born = FieldDefinition(4, "born", .day)
    /// The children whose relative it is; none named means all.
    public static let children = FieldDefinition(5, "children", .identifier, .set)
    /// What there is to say.
    public static let text = FieldDefinition(6, "text", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [name, relation, hasCustody, born, children, text]
  }
}
