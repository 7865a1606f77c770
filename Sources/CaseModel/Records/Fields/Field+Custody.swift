extension Field {
  /// The fields of custody. An adult holds her own.
  ///
  /// `status` is arbitrated: that a holder's custody ends may make a consent complete that lacked his
  /// signature, so whoever ends it must have seen what stands.
  public enum Custody {
    /// Whose custody; given once.
    public static let subject = FieldDefinition(1, "subject", .identifier, .arbitrated)
    /// Who holds it; given once.
    public static let holder = FieldDefinition(2, "holder", .identifier, .arbitrated)
    /// Where it is known from, such as `civil_register`, `court` or `of_age`; given once.
    public static let source = FieldDefinition(3, "source", .code, .arbitrated)
    /// From when on, in milliseconds; from the beginning when not given. Given once.
    public static let startsAt = FieldDefinition(4, "starts_at", .integer, .arbitrated)
    /// When it ends, in milliseconds; when nobody says so when not given. Given once.
    public static let endsAt = FieldDefinition(5, "ends_at", .integer, .arbitrated)
    /// `standing`, or `ended`, after which it stays so.
    public static let status = FieldDefinition(6, "status", .code, .arbitrated)
    /// The record that shows it.
    public static let evidence = FieldDefinition(7, "evidence", .identifier)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [subject, holder, source, startsAt, endsAt, status, evidence]
  }
}
