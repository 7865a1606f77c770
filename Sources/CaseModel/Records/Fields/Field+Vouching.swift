extension Field {
  /// The fields of an organisation's word that a person works for it.
  ///
  /// Ending always takes effect: any element of `ended` ends it, and nothing is taken out.
  public enum Vouching {
    /// The organisation; given once.
    public static let organisation = FieldDefinition(1, "organisation", .identifier, .arbitrated)
    /// The person whom it vouches for; given once.
    public static let person = FieldDefinition(2, "person", .identifier, .arbitrated)
    /// Who said so for the organisation; given once, and never the person herself.
    public static let voucher = FieldDefinition(3, "voucher", .identifier, .arbitrated)
    /// From when on, in milliseconds; given once.
    public static let startsAt = FieldDefinition(4, "starts_at", .integer, .arbitrated)
    /// Until when it was confirmed, in milliseconds; decided anew at each confirmation.
    public static let confirmedUntil = FieldDefinition(5, "confirmed_until", .integer, .arbitrated)
    /// Any element ends it.
    public static let ended = FieldDefinition(6, "ended", .code, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      organisation, person, voucher, startsAt, confirmedUntil, ended,
    ]
  }
}
