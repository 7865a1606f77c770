import CRDT
import Replication
import WireProtocol

/// What is known of a device from outside. A snapshot of the device has a copy.
struct DeviceModel {
  /// An entry that the device said to have saved.
  struct Entry {
    let linked: LinkedEntry
    let expectation: Expectation
    let writtenAt: Int64
  }

  /// An act of which the device did not say whether it saved it.
  struct Attempt {
    let operations: [[Operation]]
    let expectation: Expectation
    let writtenAt: Int64
    /// The record of a file that was to be saved with it.
    let attached: Identifier?
  }

  /// The actor that it writes as, and the entries of its journal.
  var actor: ActorID
  var entries: [Entry] = []
  /// The journals of the actors that it left.
  var former: [ActorID: [Entry]] = [:]
  var attempt: Attempt?
  /// What was sent of it, before the disk had it for certain.
  var sentEarly: [Entry] = []
  /// The records of files that the device said to have saved.
  var attached: Set<Identifier> = []
  /// The last entry whose verdict is certainly stored, and the last one whose verdict may be.
  var judgedAtLeast: UInt64 = 0
  var judgedAtMost: UInt64 = 0
  /// Whether its folder was put back or copied: then the server may say that it forked, and it may have lost
  /// what it was sent.
  var isRestored = false

  /// The digests of rows of what was shown on it, and the records that it is about to show.
  var opened: Set<Digest> = []
  var showing: Set<Identifier> = []

  /// Journals that it had before it was put back, each time: the server may have the rest of one, and give it
  /// back.
  var putAside: [[Entry]] = []
  /// What its person was shown of others' work that waits, and wanted to accept.
  var taking: [Entry] = []

  init(actor: ActorID) { self.actor = actor }

  /// The journal of one of its actors, as far as it is known.
  func journal(of actor: ActorID) -> [Entry] { actor == self.actor ? entries : former[actor] ?? [] }

  /// All that it wrote, under whichever actor.
  var all: [Entry] { entries + former.sorted { $0.key < $1.key }.flatMap(\.value) }

  /// What was stored before is durable now.
  mutating func flushed() { judgedAtLeast = judgedAtMost }
}
