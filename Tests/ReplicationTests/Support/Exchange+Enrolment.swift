import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// Becoming a device of somebody.
extension Exchange {
  /// A code as the tenant's set-up makes it.
  func code(
    for role: Role, person: Identifier, name: String, expiresAfter milliseconds: Int64 = 900_000
  ) -> EnrolmentCode {
    let code = EnrolmentCode(
      id: random.next(), secret: identifier(),
      fingerprint: EnrolmentCode.fingerprint(of: tenant.signingKey.publicKey))
    server.add(
      PendingCode(
        id: code.id, verifier: code.verifier, role: role, person: person, personName: name, account: nil,
        expiresAt: server.now + milliseconds))
    return code
  }

  /// A new person with a device.
  func newcomer(_ name: String, as role: Role, person: Identifier? = nil) throws -> Workstation {
    try enrol(name, with: code(for: role, person: person ?? identifier(), name: name))
  }

  /// Enrols a device with a code.
  ///
  /// - Throws: `ProtocolError` with the reason why not.
  func enrol(
    _ name: String, with code: EnrolmentCode, signingKey: SigningKey? = nil, agreementKey: [UInt8]? = nil
  ) throws -> Workstation {
    let key = try signingKey ?? SigningKey(secret: random.bytes(32))
    var session = EnrolmentSession(
      code: code, signingKey: key, agreementKey: agreementKey ?? random.bytes(32), deviceName: name)
    let connection = open()
    var received: [[UInt8]] = []
    var actions = try session.connected(nonce: random.bytes(32), at: clientTime)
    while true {
      for action in actions {
        switch action {
        case .send(let bytes): server.received(bytes, on: connection)
        case .enrolled(let enrolled):
          let station = Workstation(name: name, signingKey: key, enrolled)
          station.received = received
          server.closed(connection)
          return station
        case .failed(let code):
          server.closed(connection)
          throw ProtocolError(code)
        }
      }
      server.commit()
      let answers = server.takeOutput().compactMap { output -> [UInt8]? in
        guard case .send(connection, let message) = output else { return nil }
        return try? message.serializedBytes()
      }
      let answer = try #require(answers.first, "no answer to the enrolment")
      received.append(answer)
      actions = session.messageReceived(answer)
    }
  }

  /// A request for a code whose secret stays with the inviter.
  func invitation(
    _ number: UInt64, to role: Role, person: Identifier, name: String, case caseID: Identifier? = nil
  ) -> (request: WireInvitationRequest, code: EnrolmentCode) {
    let code = EnrolmentCode(
      id: random.next(), secret: identifier(),
      fingerprint: EnrolmentCode.fingerprint(of: tenant.signingKey.publicKey))
    let request = WireInvitationRequest.with {
      $0.request = number
      $0.verifier = .init(code.verifier.bytes)
      $0.role = role.rawValue
      $0.person = .init(person.bytes)
      $0.personName = name
      $0.codeID = .init(withUnsafeBytes(of: code.id.bigEndian) { Array($0) })
      if let caseID { $0.case = .init(caseID.bytes) }
    }
    return (request, code)
  }
}
