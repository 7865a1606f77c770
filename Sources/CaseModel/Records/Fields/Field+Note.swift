extension Field {
  /// The fields of a note.
  public enum Note {
    /// What it says; two people who write in it at once both keep what they wrote.
    public static let text = FieldDefinition(1, "text", .text, .text)
    /// What it is called in lists.
    public static let title = FieldDefinition(2, "title", .label)
    /// The day that it is about.
    public static let writtenFor = FieldDefinition(3, "written_for", .day)
    /// The record that it comments on.
    public static let concerns = FieldDefinition(4, "concerns", .identifier)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [text, title, writtenFor, concerns]
  }
}
