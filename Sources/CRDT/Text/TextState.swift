/// A text as it is stored and sent: which characters there are and were, where they stand in the tree, and
/// the content of those that are shown. Equal texts have equal states, whatever the order in which they came
/// about.
public struct TextState: Hashable, Sendable {
  /// Characters in a row that one change put in, each on the right of the one before: all shown or all
  /// deleted.
  public struct Run: BitwiseCopyable, Hashable, Sendable {
    /// The change that put them in.
    public let change: ChangeID
    /// The first one's place among all that the change put in.
    public let index: UInt32
    /// How many there are, at least 1.
    public let length: UInt32
    /// Whether they are deleted.
    public let isDeleted: Bool
    /// The first one's parent in the tree; `nil` for the root.
    public let parent: Dot?
    /// Whether it is a left child.
    public let isLeft: Bool

    /// Describes a run.
    public init(
      change: ChangeID, index: UInt32, length: UInt32, isDeleted: Bool, parent: Dot?, isLeft: Bool
    ) {
      self.change = change
      self.index = index
      self.length = length
      self.isDeleted = isDeleted
      self.parent = parent
      self.isLeft = isLeft
    }

    /// The character after the last one.
    var end: UInt32 { index &+ length }

    /// Whether `next` goes on where this run ends, so that one run could stand for both.
    func isContinued(by next: Run) -> Bool {
      next.change == change && next.index == end && next.isDeleted == isDeleted && !next.isLeft
        && next.parent == Dot(change: change, index: end - 1)
    }
  }

  /// A change that put in characters that are shown.
  public struct Writing: Hashable, Sendable {
    /// The change.
    public let change: ChangeID
    /// Who wrote it, and when.
    public let authorship: Authorship

    /// Describes a change.
    public init(change: ChangeID, authorship: Authorship) {
      self.change = change
      self.authorship = authorship
    }
  }

  /// A change that stands for an original and put characters in, which other originals may name.
  public struct Alias: Hashable, Sendable {
    /// The first original.
    public let original: ChangeID
    /// The change that stands for it.
    public let change: ChangeID

    /// Describes a change.
    public init(original: ChangeID, change: ChangeID) {
      self.original = original
      self.change = change
    }
  }

  /// All characters that were ever put in, in order of the text.
  public let runs: [Run]
  /// The characters that are shown.
  public let text: String
  /// The changes that put them in, in order.
  public let writings: [Writing]
  /// In order of original.
  public let aliases: [Alias]
  /// What names characters that are not here, in order of change.
  public let waiting: [TextSequence.WaitingEdit]

  /// Describes a text.
  public init(
    runs: [Run], text: String, writings: [Writing], aliases: [Alias] = [],
    waiting: [TextSequence.WaitingEdit] = []
  ) {
    self.runs = runs
    self.text = text
    self.writings = writings
    self.aliases = aliases
    self.waiting = waiting
  }

  /// Whether everything is the same, texts byte for byte.
  public static func == (left: TextState, right: TextState) -> Bool {
    left.runs == right.runs && left.text.utf8.elementsEqual(right.text.utf8)
      && left.writings == right.writings && left.aliases == right.aliases && left.waiting == right.waiting
  }
}

extension TextSequence {
  /// Everything that makes up the text.
  ///
  /// - Complexity: O(n + spans × log changes)
  public var state: TextState {
    var runs: [TextState.Run] = []
    var shown: Set<Int> = []
    forEachPiece { piece, place in
      let source = index.runs[place]
      if !piece.isDeleted { shown.insert(place) }
      let run = TextState.Run(
        change: source.change, index: piece.start - source.start, length: piece.length,
        isDeleted: piece.isDeleted, parent: piece.parent == Span.root ? nil : index.dot(of: piece.parent),
        isLeft: piece.isLeft)
      if let last = runs.last, last.isContinued(by: run) {
        runs[runs.count - 1] = TextState.Run(
          change: last.change, index: last.index, length: last.length + run.length, isDeleted: last.isDeleted,
          parent: last.parent, isLeft: last.isLeft)
      } else {
        runs.append(run)
      }
    }
    let writings = shown.map { place in
      TextState.Writing(change: index.runs[place].change, authorship: index.author(at: place))
    }
    return TextState(
      runs: runs, text: string, writings: writings.sorted { $0.change < $1.change },
      aliases: aliases.map { TextState.Alias(original: $0.key, change: $0.value) }
        .sorted { $0.original < $1.original }, waiting: waiting)
  }

  /// Whether nothing was ever written.
  var isBlank: Bool { insertedCount == 0 && waiting.isEmpty }

  /// The changes that put characters in or wait, in no order.
  var changes: [ChangeID] {
    (0..<index.runs.count).map { index.runs[$0].change } + waiting.map(\.context.id)
  }
}

extension TextSequence: Hashable {
  /// Whether both are the same text, with the same characters in the same places of the tree.
  ///
  /// - Complexity: As for `state`.
  public static func == (left: TextSequence, right: TextSequence) -> Bool {
    left.count == right.count && left.insertedCount == right.insertedCount && left.state == right.state
  }

  /// Hashes how much there is.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(insertedCount)
  }
}
