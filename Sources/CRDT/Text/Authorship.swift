/// Who wrote characters of a text, and when: what stays of a change's context. Nothing else of it decides
/// what becomes of a text.
public struct Authorship: BitwiseCopyable, Hashable, Sendable {
  /// The account that wrote.
  public let author: Identifier
  /// Milliseconds since 1970 by the author's clock; shown, never evidence.
  public let writtenAt: Int64
  /// Milliseconds since 1970 by the server's clock; `nil` while the change is pending.
  public let receivedAt: Int64?

  /// Describes who wrote when.
  public init(author: Identifier, writtenAt: Int64, receivedAt: Int64? = nil) {
    self.author = author
    self.writtenAt = writtenAt
    self.receivedAt = receivedAt
  }

  /// Takes from a change what a text keeps of it: of one that stands for another, who wrote that and when.
  public init(_ context: ChangeContext) {
    self.init(
      author: context.origin?.author ?? context.author,
      writtenAt: context.origin?.writtenAt ?? context.writtenAt, receivedAt: context.receivedAt)
  }
}
