import CRDT
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// A server's disk that is put back to an earlier moment, behind the server's own back: its devices show
/// it what it has forgotten, and give it back.
extension Simulation {
  /// What the disk and the model were at an earlier moment.
  struct ServerCopy {
    let disk: SimulatedDisk
    let oracle: Oracle
    let checkpoints: [LogKind: CheckpointMemory]
  }

  /// The first time a copy is made of the disk, the second time it is put back.
  func setServerBack() throws {
    guard server.isUp, server.uncertain == nil, server.perhapsLedgered.isEmpty else { return }
    guard let copy = server.copy else {
      server.copy = ServerCopy(
        disk: server.disk.clone(as: "\(server.disk.name)-copy-\(random.next())"), oracle: oracle,
        checkpoints: server.checkpoints)
      return
    }
    endServer(losingPower: false)
    server.disk.restore(from: copy.disk)
    oracle.setBack(to: copy.oracle)
    server.checkpoints = copy.checkpoints
    server.copy = nil
    server.setBacks += 1
    for device in devices {
      // What the server forgot it asks every device for; which forks, and may be told what it was told
      // before.
      device.model.isRestored = true
      device.followedFrom = min(device.followedFrom, oracle.position)
    }
    trace.note(at: now, 42, oracle.position, words: "server: is set back to position \(oracle.position)")
  }

  /// What anybody wrote and nobody refused is there, however often the server was set back: no device was.
  func checkGivenBack() throws {
    guard server.setBacks > 0 else { return }
    for device in devices {
      for entry in [device.model.entries] + device.model.former.sorted(by: { $0.key < $1.key }).map(\.value) {
        for one in entry where one.expectation.isCertain {
          for (change, digest) in zip(one.linked.entry.changes, one.linked.digests) {
            guard oracle.isInLog(digest) || change.header.originDigest.map(oracle.isInLog) == true else {
              throw Violation(
                .durability, "the server did not get back \(change.header.id) of \(change.header.record)")
            }
          }
        }
      }
    }
  }
}
