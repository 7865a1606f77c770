/// A text of a workflow, in Danish and perhaps in English.
public struct LocalText: Sendable, Hashable {
  /// In Danish.
  public let danish: String
  /// In English; `nil` when the municipality wrote it in Danish alone.
  public let english: String?

  /// Holds a text.
  public init(danish: String, english: String? = nil) {
    self.danish = danish
    self.english = english
  }

  /// The text in English, or in Danish where that is all there is.
  public var inEnglish: String { english ?? danish }
}
