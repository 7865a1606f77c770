extension Duration {
  /// Whole microseconds, for the library's timers.
  var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }

  /// Whole seconds, at least 1, for the library's timeouts.
  var wholeSeconds: UInt16 {
    UInt16(clamping: max(components.seconds, 1))
  }
}
