import CRDT
public import CaseModel
public import WireProtocol

/// What delivery needs of the tenant, as committed.
public struct DeliveryContext {
  /// The log.
  public let source: any TenantSource
  /// Who may see what.
  public let governing: GoverningState
  /// The tenant, for cursors.
  public let tenant: Tenant
  /// The log's last position.
  public let position: UInt64
  /// The log's digest there.
  public let logDigest: Digest
  /// Milliseconds since 1970 by the server's clock.
  public let now: Int64
  /// The changes of the group that was just committed, so that passing them on live reads nothing.
  let recent: RecentChanges

  /// Describes the tenant.
  public init(
    source: any TenantSource, governing: GoverningState, tenant: Tenant, position: UInt64,
    logDigest: Digest = LogDigest.start, now: Int64,
    recent: RecentChanges = RecentChanges()
  ) {
    self.source = source
    self.governing = governing
    self.tenant = tenant
    self.position = position
    self.logDigest = logDigest
    self.now = now
    self.recent = recent
  }

  /// The cursor of a device to which everything up to the end of the log was sent.
  func cursor(for actor: ActorID) -> [UInt8] {
    tenant.stampKey.sealCursor(
      StampKey.Cursor(position: position, epoch: tenant.epoch, mark: logDigest.firstWord, givenAt: now),
      actor: actor)
  }

  /// A cursor from the beginning of the log.
  func firstCursor(for actor: ActorID) -> [UInt8] {
    tenant.stampKey.sealCursor(
      StampKey.Cursor(position: 0, epoch: tenant.epoch, mark: LogDigest.start.firstWord, givenAt: now),
      actor: actor)
  }
}

/// Delivery: states of what the device does not hold, then changes, then live.
extension ServerSession {
  /// The client asked for delivery from a cursor on.
  ///
  /// - Parameter hasGained: whether the person may read something that she could not at some instant since a
  ///   cursor was given out that lies behind a position.
  public mutating func followReceived(
    _ follow: WireFollow, scopes: [Scope], in context: DeliveryContext,
    hasGained: (_ since: UInt64, _ givenAt: Int64) throws -> Bool
  ) throws -> [Action] {
    guard case .open(var open) = state, !open.isFollowing else { return fail(.unexpected) }
    guard !open.isBundle || Array(follow.cursor) == open.baseCursor else { return fail(.malformed) }
    var position: UInt64 = 0
    var givenAt = Int64.min
    if !follow.cursor.isEmpty {
      do {
        let opened = try context.tenant.stampKey.openCursor(Array(follow.cursor), actor: open.device.actor)
        // One of another epoch, or beyond the log, was looked at when the session was opened.
        guard opened.epoch == context.tenant.epoch, opened.position <= context.position else {
          return fail(.malformed)
        }
        position = opened.position
        givenAt = opened.givenAt
      } catch {
        return fail(.malformed)
      }
    }
    let actions = open.touched()
    open.takesOrders = true
    guard open.maySend else {
      // It learns that nothing waits, and nothing else.
      let number = open.queue.send(entering: [], byteCount: 0)
      state = .open(open)
      let nothing = WireDelivery.with {
        $0.number = number
        $0.caughtUp = true
      }
      return actions + [.send(.with { $0.delivery = nothing })]
    }
    open.follow(from: position, hasCursor: !follow.cursor.isEmpty || open.isBundle)
    // What is committed while a bundle is written does not come into it: so its cursor must not pass it.
    if open.isBundle { open.endCursor = context.cursor(for: open.device.actor) }
    // What may be read now and could not be for a while was passed over by the cursor, held or not.
    let all = try hasGained(position, givenAt)
    let device = open.device.actor
    let source = context.source
    for record in try source.outstanding(for: device, in: scopes, after: all ? 0 : position, all: all) {
      open.queue.enqueue(record)
    }
    open.position = context.position
    state = .open(open)
    return actions + (try pump(in: context, greeting: true))
  }

  /// The person may read more than before: enters what the device does not hold of these scopes, and goes on
  /// with what it still holds from an earlier time, which moved while it was not sent.
  ///
  /// - Parameter isGained: whether a record is one that the person could not read before: what she could was
  ///   sent, or waits.
  public mutating func scopesWidened(
    _ scopes: [Scope], in context: DeliveryContext, where isGained: (RecordReference) -> Bool
  ) throws {
    guard case .open(var open) = state, open.isFollowing else { return }
    for record in try context.source.outstanding(for: open.device.actor, in: scopes, after: 0, all: true)
    where isGained(record.reference) {
      open.queue.enqueue(record)
    }
    state = .open(open)
  }

  /// A change was committed that concerns one of the session's scopes.
  ///
  /// - Parameters:
  ///   - isNew: whether its record was created in the same group.
  ///   - entersCreator: whether the device that created it lacks something of it all the same.
  ///   - isNoted: whether the row that it enters was written with the group.
  public mutating func committed(
    _ change: JudgedChange, on record: RecordReference, isNew: Bool, entersCreator: Bool = false,
    isNoted: Bool = false
  ) {
    guard case .open(var open) = state, open.isFollowing else { return }
    open.position = max(open.position, change.position)
    guard change.change.header.id.actor != open.device.actor || entersCreator else {
      state = .open(open)
      return
    }
    open.queue.enqueue(
      OutstandingRecord(
        reference: record, heldUpTo: isNew ? nil : change.position - 1, nextGeneration: 1,
        isNoted: isNoted))
    state = .open(open)
  }

  /// The group is over: what it held for this session is known, and a cursor may pass it.
  public mutating func groupCommitted(at position: UInt64) {
    guard case .open(var open) = state, open.isFollowing else { return }
    open.position = position
    state = .open(open)
  }

  /// The cursor to send with verdicts: only when nothing waits before it.
  public mutating func cursorIfCaughtUp(in context: DeliveryContext) -> [UInt8]? {
    guard case .open(var open) = state, open.isFollowing else { return nil }
    open.passOver(in: context)
    state = .open(open)
    return open.queue.waiting.isEmpty ? context.cursor(for: open.device.actor) : nil
  }

  /// Sends what waits, as far as the client's window is open. Policy is asked again for each record.
  ///
  /// - Parameter greeting: send one delivery even when nothing waits, so that the client knows that it is up
  ///   to date.
  public mutating func pump(in context: DeliveryContext, greeting: Bool = false) throws -> [Action] {
    guard case .open(var open) = state, open.isFollowing else { return [] }
    var actions: [Action] = []
    var mustGreet = greeting
    open.passOver(in: context)
    // Who was told that more follows is told when nothing does, also where her right to all of it has ended.
    while open.queue.isOpen, mustGreet || open.saidMoreFollows || !open.queue.waiting.isEmpty {
      var batch = DeliveryBatch(actor: open.device.actor, epoch: context.tenant.epoch)
      while !batch.isFull, let record = open.queue.popFirst() {
        let verdict = may(
          open.account.person, .read, record.reference, at: context.now, in: context.governing)
        guard verdict.isAllowed else { continue }
        let entered = batch.holdings.count
        if let rest = try batch.add(record, from: context) {
          open.queue.putBack(rest)
          break
        }
        if batch.holdings.count > entered, !record.isNoted {
          actions.append(
            .note(
              open.row(
                entering: record.reference.id, generation: record.nextGeneration, rule: verdict.rule,
                at: context.now)))
        }
      }
      open.passOver(in: context)
      let isLast = open.queue.waiting.isEmpty
      // Where the last that waited may not be read any more, the client still learns that nothing waits.
      if batch.isEmpty, !mustGreet, !open.saidMoreFollows { break }
      open.saidMoreFollows = !isLast
      mustGreet = false
      var cursor: [UInt8]?
      if isLast {
        cursor = open.endCursor ?? context.cursor(for: open.device.actor)
      } else if open.owesFirstCursor {
        // One from the beginning lets a first exchange that is broken off go on: what the device has
        // confirmed is not sent again.
        cursor = context.firstCursor(for: open.device.actor)
      }
      if cursor != nil { open.owesFirstCursor = false }
      let number = open.queue.send(entering: batch.holdings, byteCount: batch.byteCount)
      let delivery = batch.message(number: number, cursor: cursor, caughtUp: isLast)
      actions.append(.send(.with { $0.delivery = delivery }))
    }
    state = .open(open)
    return actions
  }
}

extension OpenSession {
  /// Takes out what waits in front and may not be read: whether anything is left to be sent must not depend
  /// on it. Should the person read it one day, it enters then.
  fileprivate mutating func passOver(in context: DeliveryContext) {
    while let next = queue.waiting.values.first,
      !may(account.person, .read, next.reference, at: context.now, in: context.governing).isAllowed
    {
      _ = queue.popFirst()
    }
  }
}
