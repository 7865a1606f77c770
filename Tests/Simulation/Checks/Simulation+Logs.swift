import Replication
import Storage
import WireProtocol

/// The logs of knowing, as they are signed and held against what was signed before.
extension Simulation {
  /// Signs the logs now and then, as the shell does, and checks what a device would: that what was signed
  /// once stands there still, whatever the process, its power and its disk did in between.
  func signLogs(in store: ServerStore) throws {
    guard now >= server.nextSigning else { return }
    do {
      try store.signLogs(at: serverTime)
    } catch let error as StorageError {
      guard error.code == .diskFull else {
        if server.disk.isHalted { throw ProcessEnded() }
        throw error
      }
      return
    }
    server.nextSigning = now + Self.signingPause
    let key = try VerifyingKey(bytes: store.tenant.signingKey.publicKey)
    for kind in LogKind.allCases {
      guard let signed = try store.logCheckpoint(of: kind) else {
        throw Violation(.soundness, "a log was signed and has no checkpoint")
      }
      var memory = server.checkpoints[kind] ?? CheckpointMemory(tenant: store.tenant.id, kind: kind)
      let size = signed.checkpoint.size
      let proof =
        memory.size <= size ? try store.consistencyProof(of: kind, from: memory.size, to: size) : nil
      do {
        try memory.take(signed, proof: proof, key: key)
      } catch {
        throw Violation(.durability, "the log \(kind) is not the one that was signed: \(error.code)")
      }
      server.checkpoints[kind] = memory
    }
  }

  /// More often than a server does: a run is over in minutes.
  private static let signingPause: Int64 = 7_000
}
