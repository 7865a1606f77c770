/// A value that only the service thread touches, so that others may hold it without sharing it.
///
/// This is the one place where the compiler is told to trust: every access asks which thread it is on.
struct LoopBound<Value>: @unchecked Sendable {
  private let value: Value
  private let loop: ServiceLoop

  /// Made on the service thread.
  init(_ value: Value, loop: ServiceLoop) {
    loop.preconditionOnLoop()
    self.value = value
    self.loop = loop
  }

  /// The value; traps on any thread but the service thread.
  var onLoop: Value {
    loop.preconditionOnLoop()
    return value
  }
}
