extension Field {
  /// The fields of a transfer: the case goes to another tenant. Given once.
  public enum Transfer {
    /// The tenant that takes the case over.
    public static let recipient = FieldDefinition(1, "recipient", .identifier, .arbitrated)
    /// What it is called, such as the name of a municipality.
    public static let name = FieldDefinition(2, "name", .label, .arbitrated)
    /// The digest of its card (`Protocol/transfer.md`), 64 hexadecimal digits: what leaves is sealed to it.
    public static let card = FieldDefinition(3, "card", .code, .arbitrated)
    /// Why, in writing.
    public static let ground = FieldDefinition(4, "ground", .label, .arbitrated)
    /// The second person, without whom nothing goes.
    public static let confirmedBy = FieldDefinition(5, "confirmed_by", .identifier, .arbitrated)
    /// Any element ends it; what was confirmed too, since the other side may never have taken it.
    public static let ended = FieldDefinition(6, "ended", .code, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [recipient, name, card, ground, confirmedBy, ended]
  }
}
