import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// What is not known: refused, ignored or kept, as section 8 of the protocol says.
@Suite struct UnknownTests {
  private static let unsupported = ["< failure UNSUPPORTED", "closed UNSUPPORTED"]

  // MARK: Messages

  @Test(arguments: [15, 32, 62, 63])
  func aMessageThatMustBeUnderstoodEndsTheSession(_ number: Int) throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.coordinator)
    #expect(peer.say(Self.field(number, [1, 2])) == Self.unsupported)
    #expect(
      try clientAnswer(house.coordinator, Self.field(number, [1, 2])) == [
        .report(.failed(.unsupported)), .close,
      ])
  }

  @Test(arguments: [64, 65, 127, 128, 2_048, 500_000])
  func aMessageThatMayBeIgnoredIs(_ number: Int) throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.coordinator)
    #expect(peer.say(Self.field(number, [1, 2])).isEmpty)
    #expect(try peer.say { $0.follow = .init() } == ["< delivery 2, enters 6, cursor"])
    #expect(try clientAnswer(house.coordinator, Self.field(number, [1, 2])).isEmpty)
  }

  @Test func aFieldThatMustBeUnderstoodBesideAnotherEndsTheSession() throws {
    let house = try House()
    let follow: [UInt8] = try WireClientMessage.with { $0.follow = .init() }.serializedBytes()
    for bytes in [
      follow + Self.field(32, [1]), Self.field(32, [1]) + follow, Self.field(64, [1]) + Self.field(32, [1]),
      follow + Self.field(64, [1]) + Self.field(63, [1]),
    ] {
      let peer = try Peer.welcomed(house.exchange, as: house.coordinator)
      #expect(peer.say(bytes) == Self.unsupported)
    }
    let peer = try Peer.welcomed(house.exchange, as: house.coordinator)
    #expect(peer.say(follow + Self.field(64, [1])) == ["< delivery 2, enters 6, cursor"])
  }

  @Test(arguments: [[], [0], [0xff], [0x0a, 0x05, 1], [0x08], [0x0b], [0x00, 0x01]] as [[UInt8]])
  func aMessageWithoutABodyOrThatIsNoneIsMalformed(_ bytes: [UInt8]) throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.coordinator)
    #expect(peer.say(bytes) == ["< failure MALFORMED", "closed MALFORMED"])
    #expect(
      try clientAnswer(house.coordinator, bytes) == [.report(.failed(.malformed)), .close])
  }

  // MARK: Fields

  @Test func unknownFieldsOfSessionMessagesAreIgnored() throws {
    let house = try House()
    let station = house.coordinator
    let peer = Peer(house.exchange, key: station.signingKey)
    #expect(
      try peer.greet(as: station) {
        $0.features = ["kos.feature.unknown", "x"]
        $0.versions.insert("kos.sync.v9", at: 0)
        Self.add(Self.field(99, [1]), to: &$0)
      } == ["< hello"])
    #expect(
      try peer.authenticate { Self.add(Self.field(99, [1]), to: &$0) } == [
        "authenticated", "< welcome, journal 0",
      ])
    #expect(
      try peer.say { message in
        var follow = WireFollow()
        Self.add(Self.field(99, [1]), to: &follow)
        message.follow = follow
      } == ["< delivery 2, enters 6, cursor"])
  }

  @Test func noFeatureIsAnnouncedAndUnknownOnesOfTheServerAreIgnored() throws {
    let house = try House()
    let peer = Peer(house.exchange, key: house.coordinator.signingKey)
    _ = try peer.greet(as: house.coordinator)
    let body = try WireServerHelloBody(serializedBytes: Array(peer.serverHello.body))
    #expect(body.features.isEmpty && Feature.all.isEmpty)
    #expect(body.limits.messageBytes == UInt32(Limits.messageBytes))
  }

  @Test func anUnknownFieldOfAChangeEndsTheSession() throws {
    let house = try House()
    let station = house.coordinator
    let peer = try Peer.welcomed(house.exchange, as: station)
    let entry = try station.replica.write([house.note("one")], at: 1) { house.exchange.identifier() }
    let proof = Push.proof(of: [entry], after: entry.journal)
    let answer = try peer.push([entry.entry], proof: proof) { push in
      // The one change, with a field more.
      let change = Array(push.changes).dropFirst(3)
      push.changes = .init(Self.field(1, Array(change) + Self.field(40, [1])))
    }
    #expect(answer == Self.unsupported)
    #expect(house.exchange.server.directory.devices[station.actor]?.journal.entries == 0)
  }

  @Test func anOperationOfAnUnknownKindIsKeptAndPassedOn() throws {
    let house = try House()
    let exchange = house.exchange
    let draft = try draftWith(house, kind: 99, action: 7)
    try exchange.write([draft], at: house.coordinator)
    try exchange.sync(house.coordinator)
    #expect(house.coordinator.replica.refused.isEmpty)
    try exchange.sync(house.psychologist)
    let theirs = try #require(house.psychologist.record(house.assessment)?.state)
    #expect(theirs == house.coordinator.record(house.assessment)?.state)
    #expect(theirs.fields.keys.contains { $0.kind == FieldKind(rawValue: 99) })
  }

  @Test func anUnknownActionOfAKnownKindIsRefused() throws {
    let house = try House()
    let station = house.leader
    let peer = try Peer.welcomed(house.exchange, as: station)
    let head = try #require(station.replica.snapshots[house.assessment]?.heads[station.actor])
    let header = ChangeHeader(
      record: house.assessment, id: ChangeID(actor: station.actor, number: head.id.number + 1),
      author: station.replica.membership.account, writtenAt: 1,
      version: try #require(station.record(house.assessment)).state.version)
    // Register, action 5; the value is null.
    let payload =
      Self.field(1, house.exchange.identifier().bytes) + Self.field(2, [0x08, 4, 0x10, 1, 0x18, 5])
      + Self.field(3, [0x08, 1])
    let change = EncodedChange(header: header, payload: payload)
    let digest = change.digest(after: head.digest)
    let journal = station.replica.journal().appending(changes: [digest])
    let entry = JournalEntry(number: journal.entries, changes: [change])
    #expect(
      try peer.push([LinkedEntry(entry: entry, digests: [digest], journal: journal)]) == [
        "< verdicts 4, 4 INVALID_CONTENT"
      ])
  }

  // MARK: Outcomes, verdicts and codes

  @Test(arguments: [WireOutcome.unspecified, .UNRECOGNIZED(9)])
  func anOutcomeThatIsNotOpenEndsTheSession(_ outcome: WireOutcome) throws {
    let house = try House()
    let station = house.coordinator
    edit(house) { if case .welcome = $0.body { $0.welcome.outcome = outcome } }
    try house.exchange.sync(station)
    #expect(station.takeReports() == [.failed(.unsupported)])
  }

  @Test(arguments: [WireVerdictKind.verdictUnspecified, .verdictAccepted, .UNRECOGNIZED(9)])
  func aVerdictThatIsNoRefusalEndsTheSessionAndTheEntryStaysPending(_ kind: WireVerdictKind) throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write([house.note("kept")], at: station)
    edit(house) { message in
      guard case .verdicts = message.body else { return }
      message.verdicts.exceptions = [
        .with {
          $0.entry = 1
          $0.verdict = kind
          $0.code = 33
        }
      ]
    }
    try house.exchange.sync(station)
    #expect(station.takeReports() == [.opened, .failed(.unsupported)])
    #expect(station.replica.pendingEntries(after: 0, limit: 9).count == 1)
    house.exchange.onFrame = { [$0] }
    try house.exchange.sync(station)
    #expect(station.takeReports() == [.opened, .upToDate])
    #expect(station.replica.refused.isEmpty)
  }

  @Test(arguments: ["too many stamps", "too few stamps", "other entry", "no entry", "exception elsewhere"])
  func verdictsThatDoNotFitEndTheSessionAndTheEntriesStayPending(_ what: String) throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write([house.note("one")], at: station)
    try house.exchange.write([house.note("two")], at: station)
    edit(house) { message in
      guard case .verdicts = message.body else { return }
      switch what {
      case "too many stamps": message.verdicts.stamps += Array(message.verdicts.stamps.prefix(24))
      case "too few stamps": message.verdicts.stamps = .init(message.verdicts.stamps.dropLast(24))
      case "other entry": message.verdicts.firstEntry = 2
      case "no entry": message.verdicts.entries = 0
      default:
        message.verdicts.exceptions = [
          .with {
            $0.entry = 9
            $0.verdict = .verdictRefused
          }
        ]
      }
    }
    try house.exchange.sync(station)
    let reports = station.takeReports()
    #expect(
      reports.count == 2 && (reports.last == .failed(.malformed) || reports.last == .failed(.unexpected)))
    #expect(station.replica.pendingEntries(after: 0, limit: 9).count == 2)
    #expect(station.faults.isEmpty)
  }

  /// What is not said must not make a device write its work again.
  @Test(arguments: [WireQuarantineOutcome.quarantineUnspecified, .UNRECOGNIZED(9)])
  func anOutcomeOfQuarantineThatIsNotKnownIsRefused(_ outcome: WireQuarantineOutcome) {
    #expect(throws: ProtocolError(.unsupported)) {
      try QuarantineDecision(.with { $0.outcome = outcome })
    }
  }

  /// A reader passes over numbers from 64 on: what has to be done must not stand there.
  @Test func ordersAndTheEndOfRecoveryMustBeUnderstood() throws {
    let orders: [UInt8] = try WireServerMessage.with { $0.order = .init() }.serializedBytes()
    let end: [UInt8] = try WireClientMessage.with { $0.recoveryEnd = .init() }.serializedBytes()
    let ended: [UInt8] = try WireServerMessage.with { $0.recoveryEnded = .init() }.serializedBytes()
    #expect(orders == Self.field(30, []) && end == Self.field(31, []) && ended == Self.field(31, []))
  }

  @Test func anUnknownCodeIsPassedOn() throws {
    let house = try House()
    let failure =
      try WireServerMessage.with {
        $0.failure.code = 999
        $0.failure.fatal = true
      }.serializedBytes() as [UInt8]
    #expect(
      try clientAnswer(house.coordinator, failure) == [
        .report(.failed(ErrorCode(rawValue: 999))), .close,
      ])
  }

  // MARK: Making messages

  /// A length-delimited field.
  static func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(content.count) + content
  }

  private static func varint(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + varint(value >> 7)
  }

  private static func add<M: SwiftProtobuf.Message>(_ field: [UInt8], to message: inout M) {
    try? message.merge(serializedBytes: field)
  }

  /// What an open session of the client's makes of a message.
  private func clientAnswer(_ station: Workstation, _ bytes: [UInt8]) throws -> [ClientSession.Action] {
    var session = ClientSession(identity: station.identity)
    _ = try session.connected(nonce: Array(repeating: 1, count: 32), at: 1, replica: station.replica)
    return try session.messageReceived(bytes, replica: station.replica)
  }

  /// Changes what the server says on its way.
  private func edit(_ house: House, _ change: @escaping (inout WireServerMessage) -> Void) {
    house.exchange.onFrame = { frame in
      guard frame.direction == .toClient, var message = try? WireServerMessage(checking: frame.bytes) else {
        return [frame]
      }
      change(&message)
      let bytes: [UInt8] = (try? message.serializedBytes()) ?? []
      return [Frame(connection: frame.connection, direction: .toClient, bytes: bytes)]
    }
  }

  /// A change of the assessment with one operation of any kind.
  private func draftWith(_ house: House, kind: UInt8, action: UInt8) throws -> RecordDraft {
    let encoded =
      Self.field(1, house.exchange.identifier().bytes)
      + Self.field(2, [0x08, 4, 0x10, kind, 0x18, action]) + Self.field(3, [0x08, 1])
    let record = try #require(house.coordinator.record(house.assessment))
    var draft = RecordDraft.change(record)
    draft.operations = try Payload(encoded: encoded).operations
    return draft
  }
}
