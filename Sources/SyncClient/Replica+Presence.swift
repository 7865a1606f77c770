import Storage

extension Replica {
  /// Whether there is a replica in a folder; it is not opened.
  public static func exists(home: String) -> Bool { ReplicaStore.exists(home: home) }
}
