import CRDT
import CaseModel
import Foundation
import Logging
import SyncClient
import SyncServer

/// A tenant on a real server with real sockets and files, and people with replicas of their own; gone
/// afterwards.
final class Workplace {
  let folder: String
  private(set) var server: SyncServer
  let day: CalendarDay
  let leader: Replica

  var url: String { "ws://127.0.0.1:\(port)" }
  private let port: Int

  init() async throws {
    folder = NSTemporaryDirectory() + "kos-workplace-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    day = try CalendarDay("2020-07-01")
    let first = try TenantSetup.create(
      directory: folder + "/tenant", tenantName: "Ishøj", leaderName: "Lene Leder")
    server = try Self.serve(folder, port: 0)
    port = server.port
    leader = try await Self.enroll("leader", in: folder, url: "ws://127.0.0.1:\(port)", code: first.code)
    try leader.write([[CaseWork.person(id: leader.profile.person, name: leader.profile.personName)]])
    _ = try await leader.sync(passphrase: Self.noPassphrase, timeout: .seconds(60))
  }

  @Sendable static func noPassphrase() throws -> String { throw ReplicaError(.locked) }

  private static func serve(_ folder: String, port: Int, keepingFree: UInt64? = nil) throws -> SyncServer {
    try SyncServer(
      directory: folder + "/tenant", host: "127.0.0.1", port: port, security: .plaintextLoopbackOnly,
      keepingFree: keepingFree,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  private static func enroll(_ name: String, in folder: String, url: String, code: String) async throws
    -> Replica
  {
    try await Replica.enroll(
      home: folder + "/" + name, serverURL: url, code: code, deviceName: name, authorityFile: nil,
      protection: .unprotected, passphrase: noPassphrase)
  }

  /// Invites somebody and enrols a device of hers. Staff get a person record first.
  func colleague(
    _ name: String, as role: Role, invitedBy inviter: Replica, person: Identifier? = nil,
    case caseID: Identifier? = nil
  ) async throws -> Replica {
    let id = person ?? inviter.newIdentifier()
    if person == nil {
      try inviter.write([[CaseWork.person(id: id, name: name)]])
      try await sync(inviter)
    }
    let invitation = try await inviter.invite(
      role: role, person: id, name: name, case: caseID, passphrase: Self.noPassphrase)
    return try await Self.enroll(name, in: folder, url: url, code: invitation.code)
  }

  @discardableResult
  func sync(_ replica: Replica) async throws -> SyncOutcome {
    try await replica.sync(passphrase: Self.noPassphrase, timeout: .seconds(60))
  }

  /// Stops the server and starts it on the same folder and port.
  ///
  /// - Parameters:
  ///   - keepingFree: how many bytes of the disk it keeps free.
  ///   - disaster: what happens to the tenant's folder in between.
  func restartServer(
    keepingFree: UInt64? = nil, after disaster: (_ directory: String) throws -> Void = { _ in }
  ) async throws {
    await server.stop()
    try disaster(folder + "/tenant")
    server = try Self.serve(folder, port: port, keepingFree: keepingFree)
  }

  func close() async {
    await server.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }
}
