extension Field {
  /// The fields of an erasure, in a case or in the register. Given once; what is confirmed is not taken back.
  public enum Erasure {
    /// Which records of the case, or of the register.
    public static let records = FieldDefinition(1, "records", .identifier, .set)
    /// Why, in writing; it stays, and is no place for what is to be erased.
    public static let ground = FieldDefinition(2, "ground", .label, .arbitrated)
    /// What the archive says that it received, where that is why.
    public static let archived = FieldDefinition(3, "archived", .label, .arbitrated)
    /// The second person, without whom nothing is erased.
    public static let confirmedBy = FieldDefinition(4, "confirmed_by", .identifier, .arbitrated)
    /// Any element ends the proposal, as long as nobody has confirmed it.
    public static let ended = FieldDefinition(5, "ended", .code, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [records, ground, archived, confirmedBy, ended]
  }
}
