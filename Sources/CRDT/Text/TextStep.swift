/// One step of an edit of a text: characters put in as a run, or characters taken out.
///
/// A character is a Unicode scalar. Its dot names the change that put it in, and its place among all that the
/// change put into this field, from 0. The first character of a run says where it stands in the tree of
/// characters (Weidner and Kleppmann, "The Art of the Fugue", 2023); each other one stands on the right of
/// the one before.
public struct TextStep: Hashable, Sendable {
  /// What the step does, under its number on the wire.
  public enum Kind: UInt8, Sendable {
    /// Puts a run in as a right child of a character.
    case insertAfter = 0
    /// Puts a run in as a left child of a character.
    case insertBefore = 1
    /// Takes out characters of one change, in ascending order.
    case delete = 2
    /// Puts a run in as a right child of the root, which stands before all characters.
    case insertAtStart = 3
  }

  /// What the step does.
  public let kind: Kind
  /// The change of the character that the step names; `nil` stands for the change that the step is part of.
  public let change: ChangeID?
  /// The place of that character in its change; 0 for `insertAtStart`.
  public let index: UInt32
  /// How many characters are put in or taken out, at least 1.
  public let length: UInt32

  /// Makes a step.
  public init(_ kind: Kind, change: ChangeID? = nil, index: UInt32 = 0, length: UInt32) {
    self.kind = kind
    self.change = change
    self.index = index
    self.length = length
  }

  /// Whether the step puts characters in.
  public var isInsertion: Bool { kind != .delete }
}
