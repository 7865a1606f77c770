public import Replication

/// What the client's machine reads.
extension ReplicaStore: ReplicaSource {}
