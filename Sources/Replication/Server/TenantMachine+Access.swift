import CRDT
import CaseModel

/// What a group gave people to read.
extension TenantMachine {
  /// How many persons a change of the register may concern before it is not looked at any more what each of
  /// those gained who are not connected: they may read thousands of records each, and the tables of the
  /// register change a few times a year.
  private static let lookedAtMax = 32

  /// What those may read whose access the group may have changed, and could not before it. It is asked
  /// before the group takes effect here.
  ///
  /// - Complexity: O(what lies in the scopes concerned), for each of them
  func gains(by stage: GroupStage, in source: any TenantSource) -> AccessGains {
    var gains = AccessGains()
    guard !stage.affectedPersons.isEmpty else { return gains }
    let connected = Set(connectionOfActor.keys.compactMap { person(of: $0) })
    // Most of those concerned share a case: what lies in a scope is read once.
    var contents: [Scope: [LoggedRecord]] = [:]
    for person in stage.affectedPersons {
      let scopes = concerned(by: stage, of: person)
      let isTooMuch =
        stage.affectedEverywhere.count > Self.lookedAtMax && stage.affectedEverywhere.contains(person)
        && !connected.contains(person)
      guard !isTooMuch, let all = try? records(in: scopes, of: source, knowing: &contents) else {
        gains.noteUnseen(person, in: scopes)
        continue
      }
      var timed = TimedGains(
        of: person, since: .min, looks[person], until: stage.receivedAt, in: governing)
      for record in all {
        guard let beginning = timed.beginning(of: record.reference) else { continue }
        gains.noteRegained(record, since: beginning, by: person)
      }
      let before = Set(governing.scopes(of: person, at: stage.receivedAt))
      let gained = all.map(\.reference).filter { record in
        guard may(person, .read, record, at: stage.receivedAt, in: stage.governing).isAllowed else {
          return false
        }
        // What is new in a scope that she had is passed on anyhow.
        if stage.created.contains(record.id) {
          return before.isDisjoint(with: CaseModel.scopes(containing: record))
        }
        return !may(person, .read, record, at: stage.receivedAt, in: governing).isAllowed
      }
      gains.note(Set(gained.map(\.id)), of: person, in: scopes, besides: stage.created)
    }
    return gains
  }

  /// It was looked through what the group's change let somebody begin to read by the time alone before it.
  mutating func noteLook(at person: Identifier, after stage: GroupStage) {
    var look = looks[person] ?? AccessLook()
    if stage.affectedEverywhere.contains(person) { look.noteEverywhere(at: stage.receivedAt) }
    look.note(stage.affectedCases, at: stage.receivedAt)
    looks[person] = look
  }

  /// Whether a person may read something by now that she could not at some instant since a cursor was given
  /// out, which therefore passed it over.
  ///
  /// - Parameters:
  ///   - position: the cursor's.
  ///   - givenAt: when it was given out, in milliseconds since 1970.
  ///   - scopes: hers.
  /// - Complexity: O(what she has begun to read by the time alone since then); O(what lies in her scopes)
  ///   where rights in them change by the time alone
  func hasGained(
    _ person: Identifier, since position: UInt64, givenAt: Int64, of scopes: [Scope],
    in context: DeliveryContext
  ) throws -> Bool {
    if accessChangedAt[person] ?? 0 > position { return true }
    // What she began to read and may not any more counts for nothing. It was noted because something that
    // governs was written just then, and were she sent anything for it, she would see that it was.
    for (record, regained) in regained[person] ?? [:]
    where regained.wasPassedOver(by: position, givenAt: givenAt) {
      if try isSent(record, to: person, of: scopes, in: context) { return true }
    }
    guard governing.nextChange(for: person, after: .min) != nil else { return false }
    if let concern = concerns[person], clock.wentBack(since: position, givenAt: givenAt, before: concern) {
      return true
    }
    return try hasPassedOver(position, givenAt, for: person, in: scopes, context)
  }

  /// Whether a cursor passed over something that a person may read, and by the time alone could not at some
  /// instant since it was given out. Where the clock has gone back since then, it may have passed over
  /// anything; what was created after it, it did not pass over.
  private func hasPassedOver(
    _ position: UInt64, _ givenAt: Int64, for person: Identifier, in scopes: [Scope],
    _ context: DeliveryContext
  ) throws -> Bool {
    guard givenAt <= context.now else { return true }
    let next = governing.nextChange(for: person, after: givenAt)
    guard let next, next <= context.now else { return false }
    var gains = TimedGains(
      of: person, since: givenAt, looks[person], until: context.now, in: governing)
    return try context.source.records(in: scopes)
      .contains { $0.createdAt <= position && gains.contain($0.reference) }
  }

  /// Whether a record is one that a person would be sent, did her device not hold it.
  private func isSent(
    _ record: Identifier, to person: Identifier, of scopes: [Scope], in context: DeliveryContext
  ) throws -> Bool {
    guard !context.source.isErased(record), let reference = try context.source.reference(record),
      !Set(CaseModel.scopes(containing: reference)).isDisjoint(with: scopes)
    else { return false }
    return may(person, .read, reference, at: context.now, in: context.governing).isAllowed
  }

  private func records(
    in scopes: [Scope], of source: any TenantSource, knowing contents: inout [Scope: [LoggedRecord]]
  ) throws -> [LoggedRecord] {
    for scope in scopes where contents[scope] == nil { contents[scope] = try source.records(in: [scope]) }
    return scopes.flatMap { contents[$0, default: []] }
  }

  /// The scopes in which a group may have given a person something.
  private func concerned(by stage: GroupStage, of person: Identifier) -> [Scope] {
    let scopes = stage.governing.scopes(of: person, at: stage.receivedAt)
    if stage.affectedEverywhere.contains(person) { return scopes }
    let before = Set(governing.scopes(of: person, at: stage.receivedAt))
    let own = scopes.filter { scope in
      !before.contains(scope) || stage.governing.caseID(of: scope).map(stage.affectedCases.contains) == true
    }
    // A leader reads some of each case without a part in it.
    guard scopes.contains(.milestones) else { return own }
    return own + stage.affectedCases.sorted().map(Scope.caseFile).filter { !scopes.contains($0) }
  }

  /// Enters what was gained by those who are connected; lost scopes are no longer routed.
  mutating func widen(
    _ stage: GroupStage, _ gains: AccessGains, in context: DeliveryContext
  ) -> Set<ConnectionNumber> {
    var concerned: Set<ConnectionNumber> = []
    guard !stage.affectedPersons.isEmpty else { return concerned }
    for (actor, connection) in connectionOfActor {
      guard sessions[connection]?.isFollowing == true, let person = person(of: actor),
        stage.affectedPersons.contains(person)
      else { continue }
      subscriptions.subscribe(connection, to: Set(governing.scopes(of: person, at: context.now)))
      noteChangedRights(of: person, on: connection, at: context.now)
      guard let scopes = gains.scopes[person] else { continue }
      enter(scopes, on: connection, in: context) { gains.contain($0.id, of: person) }
      concerned.insert(connection)
    }
    return concerned
  }

  /// Enters of these scopes what the device does not hold; of each record policy is asked when it is sent.
  ///
  /// - Parameter isGained: whether a record is one that the person could not read before.
  mutating func enter(
    _ scopes: [Scope], on connection: ConnectionNumber, in context: DeliveryContext,
    where isGained: (RecordReference) -> Bool
  ) {
    do {
      try sessions[connection]?.scopesWidened(scopes, in: context, where: isGained)
    } catch {
      fail(connection, .retry)
    }
  }

  func person(of actor: ActorID) -> Identifier? {
    directory.devices[actor].flatMap { directory.accounts[$0.account] }?.person
  }
}
