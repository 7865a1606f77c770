import CRDT
import CaseModel
import WireProtocol

/// The log of what was delivered: a row is durable before what it tells of is sent.
///
/// What a group makes certain is written with it: exits, enters of what it created, what is read on demand,
/// and over which places a device is brought that begins to follow. What enters otherwise turns out only when
/// it is sent: its rows wait here, and the shell writes them before it carries out the actions.
extension TenantMachine {
  /// A record that the group made enter on a connection, and whose row it has.
  struct Foreseen: Hashable {
    let connection: ConnectionNumber
    let record: Identifier
  }

  /// Takes out the rows that must be durable before the actions that `takeActions` gives are carried out, as
  /// a group of their own; `nil` when there are none. When it cannot be written, `failedToNote` takes the
  /// actions back.
  public mutating func takeRows() -> CommitGroup? {
    guard !rows.isEmpty else { return nil }
    var group = CommitGroup(after: position, logDigest: logDigest)
    group.delivered = rows
    rows = []
    return group
  }

  /// The rows could not be written: nobody is sent what waited for them, nor anything else that waited with
  /// it.
  public mutating func failedToNote() {
    let taken = takeActions()
    var concerned: Set<ConnectionNumber> = []
    for case .send(let id, _) in taken { concerned.insert(id) }
    for id in concerned.sorted() { fail(id, .retry) }
    // What was to end ends all the same.
    for case .close(let id, let code) in taken { perform([.close(code)], on: id) }
  }

  /// Notes with a group what somebody reads, and what it brings a device that begins to follow.
  func noteReading(of waiting: Waiting, in stage: inout GroupStage) {
    guard let session = sessions[waiting.connection], session.maySend, let actor = session.device?.actor,
      let person = session.account?.person
    else { return }
    switch waiting.submission {
    case .follow(let follow): if !session.isFollowing { stage.noteFollow(follow, of: actor) }
    case .readHistory(let request):
      stage.noteHistory(of: Identifier(bytes: request.record), for: person, on: actor)
    case .read(.fetch(let attachment, let offset)):
      guard !session.hasNotedFetch(of: attachment, from: offset) else { return }
      stage.noteFetch(of: attachment, from: offset, for: person, on: actor)
    case .read(.availability), .readQuarantine, .readLogs, .write: break
    }
  }

  /// Notes with a group the enters of what it creates, on those who are connected and may read it.
  ///
  /// - Complexity: O(records created, and for each who follows its scopes)
  func noteEnters(in stage: inout GroupStage) -> Set<Foreseen> {
    guard !stage.created.isEmpty, !directory.isInRecovery else { return [] }
    var foreseen: Set<Foreseen> = []
    for change in stage.group.firstChanges where stage.created.contains(change.change.header.record) {
      let id = change.change.header.record
      guard let reference = try? stage.reference(id) else { continue }
      for connection in subscriptions.sessions(concernedBy: reference).sorted() {
        let name = Foreseen(connection: connection, record: id)
        guard !foreseen.contains(name), let session = sessions[connection], session.maySend,
          let actor = session.device?.actor, let person = session.account?.person,
          change.change.header.id.actor != actor || stage.createdOverVoids.contains(id)
        else { continue }
        let verdict = may(person, .read, reference, at: stage.receivedAt, in: stage.governing)
        guard verdict.isAllowed else { continue }
        stage.note(.enter(record: id, generation: 1), rule: verdict.rule.rawValue, for: actor)
        foreseen.insert(name)
      }
    }
    return foreseen
  }
}
