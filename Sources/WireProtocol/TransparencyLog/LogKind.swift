/// Which of a tenant's two logs of knowing. Numbers are given once and never reused.
public enum LogKind: UInt8, Hashable, Sendable, CaseIterable {
  /// What was sent to whom; the server writes a row before it sends.
  case delivered = 1
  /// What was shown to whom; a client writes a row before it shows, and the server takes it in.
  case opened = 2
}
