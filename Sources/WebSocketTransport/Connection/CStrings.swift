import Glibc

/// Lends C strings for the length of a call.
enum CStrings {
  /// Calls with a pointer for each text, nil for nil. The pointers die with the call.
  static func with<R>(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> R) -> R {
    let copies = texts.map { text in text.flatMap { strdup($0) } }
    defer {
      for copy in copies { free(copy) }
    }
    return body(copies.map { UnsafePointer($0) })
  }
}
