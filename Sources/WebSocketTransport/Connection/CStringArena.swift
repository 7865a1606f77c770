import Glibc

/// C strings that live as long as this object: the library keeps the pointers to most texts of a virtual
/// host.
final class CStringArena {
  private var copies: [UnsafeMutablePointer<CChar>] = []

  /// A pointer that is good until the arena is gone, or nil for nil.
  func copy(_ text: String?) -> UnsafePointer<CChar>? {
    guard let text, let copy = strdup(text) else { return nil }
    copies.append(copy)
    return UnsafePointer(copy)
  }

  deinit {
    for copy in copies { free(copy) }
  }
}
