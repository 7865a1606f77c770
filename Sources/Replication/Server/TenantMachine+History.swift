import CRDT
import CaseModel
import WireProtocol

/// Reading a record's history on demand.
extension TenantMachine {
  /// A page of a record's changes, or why there is none: whoever may not read the record is told what he
  /// would be told if it did not exist.
  func history(
    _ request: WireHistoryRequest, for session: inout ServerSession, in context: DeliveryContext
  ) -> [ServerSession.Action] {
    guard let person = session.account?.person else { return [] }
    guard let record = Identifier(bytes: request.record) else { return session.fail(.malformed) }
    do {
      guard let reference = try reference(to: record, in: context.source),
        may(person, .read, reference, at: context.now, in: context.governing).isAllowed
      else { return [.noHistory(request)] }
      let changes = try context.source.changes(of: record, after: 0)
      let page = historyPage(of: changes.dropFirst(Int(clamping: request.skip)), request)
      return [.send(.with { $0.history = page })]
    } catch {
      return session.fail(.retry)
    }
  }

  private func reference(to record: Identifier, in source: any TenantSource) throws -> RecordReference? {
    if source.isErased(record) { return nil }
    return try source.record(record)?.reference { directory.accounts[$0]?.person }
  }

  /// As many of the changes as one message aims at, at least one.
  private func historyPage(
    of changes: ArraySlice<DeliveredChange>, _ request: WireHistoryRequest
  ) -> WireHistory {
    var packer = ChangePacker(epoch: directory.tenant.epoch)
    var actors: Set<ActorID> = []
    var count = 0
    for change in changes {
      if count > 0, packer.byteCount + change.packedByteCountMax > Limits.batchBytes { break }
      packer.append(change)
      actors.insert(change.header.id.actor)
      count += 1
    }
    return .with {
      $0.request = request.request
      $0.changes = .init(packer.encoded)
      $0.devices = actors.sorted().compactMap { actor in
        directory.devices[actor].map { device in
          .with {
            $0.actor = actor.rawValue
            $0.account = .init(device.account.bytes)
            $0.name = device.name
          }
        }
      }
      $0.complete = count == changes.count
      $0.tenants = Set(actors.compactMap { directory.homes[$0] }).sorted().map { .init($0.bytes) }
    }
  }
}

extension ServerSession.Action {
  /// What is said of a record that does not exist, of one that the person may not read, and of every one to a
  /// device that waits for its confirmation.
  static func noHistory(_ request: WireHistoryRequest) -> Self {
    .send(
      .with {
        $0.failure = .with {
          $0.code = ErrorCode.notAvailable.rawValue
          $0.request = request.request
        }
      })
  }
}
