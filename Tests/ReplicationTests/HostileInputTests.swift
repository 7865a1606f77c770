import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// Malformed, cut and flipped versions of every message of a whole session: an answer or a typed error, never
/// a trap, and nothing taken in that was not signed.
@Suite struct HostileInputTests {
  /// A message with the state of both sides right before it arrived.
  private struct Moment {
    let frame: Frame
    let server: ServerModel
    let session: ClientSession?
    let replica: ReplicaModel
  }

  /// What both sides say in a session with work, a refusal, an invitation and live changes.
  private func recording() throws -> (house: House, moments: [Moment]) {
    let house = try House()
    let exchange = house.exchange
    let station = house.coordinator
    try exchange.write([house.note("hers"), house.note("hers too")], at: station)
    try exchange.write([house.annotation(Field.Assessment.childNotes, "walks", at: station)], at: station)
    let discharge = CaseWork.discharge(
      in: house.caseID, children: [house.caseID], on: house.day, identify: { _ in exchange.identifier() })
    try exchange.write([discharge[0]], at: station)
    try exchange.write([house.note("his")], at: house.psychologist)
    try exchange.write(
      [house.annotation(Field.Assessment.childNotes, "runs", at: house.psychologist)], at: house.psychologist)
    try exchange.sync(house.psychologist)
    var moments: [Moment] = []
    let connection = try exchange.connect(station)
    exchange.beforeArrival = { frame in
      guard frame.connection == connection else { return }
      moments.append(
        Moment(frame: frame, server: exchange.server, session: station.session, replica: station.replica))
    }
    exchange.run()
    let (request, _) = exchange.invitation(
      1, to: .coreTeam, person: exchange.identifier(), name: "Ib", case: house.caseID)
    try exchange.invite(request, by: station)
    exchange.run()
    try exchange.write([house.note("live")], at: house.psychologist)
    try exchange.sync(house.psychologist)
    try exchange.write([house.note("last")], at: station)
    exchange.run()
    exchange.beforeArrival = { _ in }
    #expect(station.faults.isEmpty)
    return (house, moments)
  }

  @Test func theRecordingHoldsEveryMessage() throws {
    let (_, moments) = try recording()
    let said = Set(moments.map { Line.of($0.frame).split(separator: " ").prefix(2).joined(separator: " ") })
    #expect(
      said == [
        "> hello", "> authentication", "> follow", "> push", "> delivered", "> invitation", "< hello",
        "< welcome,", "< verdicts", "< delivery", "< invitation",
      ])
  }

  @Test func theServerTakesNothingInThatWasNotSigned() throws {
    let (house, moments) = try recording()
    var random = SplitMix64(seed: 11)
    var tally = Tally()
    for moment in moments where moment.frame.direction == .toServer {
      var whole = moment.server
      whole.received(moment.frame.bytes, on: moment.frame.connection)
      whole.commit()
      for bytes in Mutation.all(of: moment.frame.bytes, 160, &random) {
        var server = moment.server
        server.received(bytes, on: moment.frame.connection)
        server.commit()
        tally.count(server.takeOutput(), on: moment.frame.connection)
        // Either nothing was taken in, or exactly what was signed.
        let log = server.store.log.map(\.digest)
        #expect(log == moment.server.store.log.map(\.digest) || log == whole.store.log.map(\.digest))
        let actor = house.coordinator.actor
        let journal = server.directory.devices[actor]?.journal
        #expect(
          journal == moment.server.directory.devices[actor]?.journal
            || journal == whole.directory.devices[actor]?.journal)
        #expect(server.directory.devices.count == moment.server.directory.devices.count)
        #expect(server.directory.accounts == moment.server.directory.accounts)
        if moment.server.sessions[moment.frame.connection]?.device == nil,
          server.sessions[moment.frame.connection]?.device != nil
        {
          // Only the signature that was made over both hellos opens a session.
          #expect(try signature(in: bytes) == signature(in: moment.frame.bytes))
        }
      }
    }
    #expect(tally.codes.isSubset(of: Set(ErrorCode.all.filter(\.endsSession).map(\.code))))
    #expect(tally.codes.isSuperset(of: [.malformed, .unsupported, .badSignature, .unexpected]))
    #expect(tally.answers > 40 && tally.failures > 500, "\(tally)")
  }

  private func signature(in bytes: [UInt8]) throws -> [UInt8] {
    Array(try WireClientMessage(checking: bytes).authentication.signature)
  }

  @Test func aHelloChangedOnItsWayOpensNothing() throws {
    let (house, moments) = try recording()
    let hello = try #require(moments.first { Line.of($0.frame) == "> hello" })
    let key = house.coordinator.signingKey
    var random = SplitMix64(seed: 12)
    var refused = 0
    for bytes in Mutation.all(of: hello.frame.bytes, 400, &random) where bytes != hello.frame.bytes {
      var server = hello.server
      server.received(bytes, on: hello.frame.connection)
      guard case .send(_, let answer)? = server.takeOutput().first, case .hello(let body) = answer.body else {
        continue
      }
      // The client signs what it sent, the server checks what it got.
      let transcript = Transcript.bytes(clientHello: hello.frame.bytes, serverHelloBody: Array(body.body))
      let authentication: [UInt8] = try WireClientMessage.with {
        $0.authentication.signature = .init(key.sign(transcript, for: .session))
      }.serializedBytes()
      server.received(authentication, on: hello.frame.connection)
      server.commit()
      #expect(!server.takeOutput().contains(.authenticated(hello.frame.connection)))
      refused += 1
    }
    #expect(refused > 40)
  }

  @Test func theClientKeepsItsWorkWhateverItIsTold() throws {
    let (house, moments) = try recording()
    var random = SplitMix64(seed: 13)
    var reports: [ErrorCode: Int] = [:]
    var answers = 0
    for moment in moments where moment.frame.direction == .toClient {
      for bytes in Mutation.all(of: moment.frame.bytes, 160, &random) {
        var session = try #require(moment.session)
        var replica = moment.replica
        let actions = try session.messageReceived(bytes, replica: replica)
        for action in actions {
          switch action {
          case .send(let message):
            answers += 1
            if case .authentication = try WireClientMessage(checking: message).body {
              #expect(try isTheSameHello(bytes, moment.frame.bytes))
            }
          case .store(.verdicts(let verdicts, let cursor)): try? replica.apply(verdicts, cursor: cursor)
          case .store(.delivery(let delivery)): try? replica.apply(delivery)
          case .store(.session(_, let membership, _, _)):
            // The rest is kept from change by the connection.
            let key = try VerifyingKey(bytes: house.coordinator.tenantKey)
            #expect(
              key.isValid(membership.certificateSignature, over: membership.certificate, for: .certificate))
          case .report(.failed(let code)): reports[code, default: 0] += 1
          case .store(.succession), .store(.standing), .store(.healed), .store(.journal), .store(.watermark),
            .store(.exit), .store(.missedWipes), .store(.decisions), .store(.quarantineWaiting),
            .store(.accessEnded), .store(.lease), .store(.devicesWaiting), .flush, .resume:
            break
          case .report, .close: break
          }
        }
        // Every entry is there, whole, and is shown or kept with its reason.
        #expect(replica.entries.map(\.linked) == moment.replica.entries.map(\.linked))
        _ = replica.records
        // Whatever it was told, the session takes the next message without a trap.
        _ = try session.messageReceived(moment.frame.bytes, replica: replica)
      }
    }
    #expect(reports[.malformed, default: 0] > 100)
    #expect(reports[.badSignature, default: 0] > 10)
    #expect(answers > 40)
  }

  private func isTheSameHello(_ bytes: [UInt8], _ original: [UInt8]) throws -> Bool {
    let changed = try WireServerMessage(checking: bytes).hello
    let sent = try WireServerMessage(checking: original).hello
    return changed.body == sent.body && changed.signature == sent.signature
  }

  @Test func randomBytesAreNeverTakenForAMessageThatDoesSomething() throws {
    let (_, moments) = try recording()
    var random = SplitMix64(seed: 14)
    for moment in moments {
      for _ in 0..<20 {
        let bytes = random.bytes(random.below(80))
        if moment.frame.direction == .toServer {
          var server = moment.server
          server.received(bytes, on: moment.frame.connection)
          server.commit()
          #expect(server.store.position == moment.server.store.position)
        } else {
          var session = try #require(moment.session)
          let actions = try session.messageReceived(bytes, replica: moment.replica)
          #expect(!actions.contains { if case .store = $0 { true } else { false } })
        }
      }
    }
  }

  @Test func anEnrolmentChangedOnItsWayEnrolsNobody() throws {
    let exchange = try Exchange()
    let key = try SigningKey(secret: exchange.random.bytes(32))
    let code = exchange.code(for: .leader, person: exchange.identifier(), name: "Lene")
    var client = EnrolmentSession(
      code: code, signingKey: key, agreementKey: exchange.random.bytes(32), deviceName: "laptop")
    let connection = exchange.open()
    let fresh = client
    guard case .send(let hello)? = try client.connected(nonce: exchange.random.bytes(32), at: 1).first else {
      throw Broken()
    }
    let greeted = client
    exchange.server.received(hello, on: connection)
    guard case .send(_, let answer)? = exchange.server.takeOutput().first else { throw Broken() }
    let serverHello: [UInt8] = try answer.serializedBytes()
    guard case .send(let authentication)? = client.messageReceived(serverHello).first else { throw Broken() }
    let signed = client
    let before = exchange.server
    exchange.server.received(authentication, on: connection)
    exchange.server.commit()
    guard case .send(_, let welcome)? = exchange.server.takeOutput().last else { throw Broken() }
    let welcomeBytes: [UInt8] = try welcome.serializedBytes()

    var random = SplitMix64(seed: 15)
    for bytes in Mutation.all(of: authentication, 160, &random) {
      var server = before
      server.received(bytes, on: connection)
      server.commit()
      guard !server.directory.devices.isEmpty else { continue }
      let changed = try WireClientMessage(checking: bytes).authentication
      let sent = try WireClientMessage(checking: authentication).authentication
      #expect(changed.signature == sent.signature && changed.enrolmentProof == sent.enrolmentProof)
    }
    for bytes in Mutation.all(of: serverHello, 160, &random) {
      var session = greeted
      if case .send? = session.messageReceived(bytes).first {
        #expect(try isTheSameHello(bytes, serverHello))
      }
      var early = fresh
      #expect(!early.messageReceived(bytes).contains { if case .send = $0 { true } else { false } })
    }
    for bytes in Mutation.all(of: welcomeBytes, 160, &random) {
      var session = signed
      guard case .enrolled(let enrolled)? = session.messageReceived(bytes).first else { continue }
      let membership = enrolled.membership
      let tenantKey = try VerifyingKey(bytes: exchange.tenant.signingKey.publicKey)
      #expect(
        tenantKey.isValid(
          membership.certificateSignature, over: membership.certificate, for: .certificate))
    }
  }

  /// What the server answered.
  private struct Tally {
    var answers = 0
    var failures = 0
    var codes: Set<ErrorCode> = []

    mutating func count(_ output: [ServerModel.Output], on connection: Int) {
      for case .close(connection, let code) in output {
        failures += 1
        codes.insert(code)
        return
      }
      answers += 1
    }
  }
}
