/// What a side can do beyond the basic protocol. Both announce theirs; what only one has is not used. Unknown
/// names are ignored.
public enum Feature {
  /// The features of this version.
  public static let all: [String] = []
}
