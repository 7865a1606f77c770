import CRDT
import CaseModel
import Logging
import SyncClient
import WebSocketTransport
import WireProtocol

extension Tenant {
  /// A service loop for the devices of a benchmark.
  static func loop() throws -> ServiceLoop {
    try ServiceLoop(logger: Logger(label: "kos-bench", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  /// A device of somebody new, without a disk.
  func lightDevice(of person: Identifier, as role: Role, loop: ServiceLoop) async throws -> IdleDevice {
    let invitation = try await leader.invite(
      role: role, person: person, name: "Kollega", case: nil, passphrase: noPassphrase)
    return try await IdleDevice(code: invitation.code, url: server.url, loop: loop)
  }

  /// Another device of the leader, without a disk.
  func lightDevice(loop: ServiceLoop) async throws -> IdleDevice {
    try await IdleDevice(code: try await invitation().code, url: server.url, loop: loop)
  }

  /// The facts of a record of case work in a case.
  func facts(_ caseID: Identifier, tenant: Identifier) -> RecordFacts {
    RecordFacts(
      tenant: tenant, caseID: caseID, kind: RecordKind.assessment.rawValue, created: 1_600_000_000_000,
      about: [caseID], informationType: InformationType.none.rawValue)
  }
}
