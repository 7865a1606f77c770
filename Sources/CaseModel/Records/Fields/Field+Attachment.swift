extension Field {
  /// The fields of an attachment: a letter, a photo, an assessment from elsewhere.
  public enum Attachment {
    /// What the file was called. Shown, and never used as a path.
    public static let name = FieldDefinition(1, "name", .label)
    /// Its media type (RFC 6838), such as `application/pdf`.
    public static let mediaType = FieldDefinition(2, "media_type", .code)
    /// How many bytes it has.
    public static let size = FieldDefinition(3, "size", .integer)
    /// SHA-256 of the bytes, which verifies them and names nothing.
    public static let digest = FieldDefinition(4, "digest", .bytes)
    /// The record that it belongs to; without one it belongs to the case.
    public static let belongsTo = FieldDefinition(5, "belongs_to", .identifier)
    /// The day on which it was attached.
    public static let attachedOn = FieldDefinition(6, "attached_on", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [name, mediaType, size, digest, belongsTo, attachedOn]
  }
}
