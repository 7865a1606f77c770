import SyncClient
import TestProcesses

/// A tenant that the real `kosd` serves in a process of its own, and its leader.
final class ServedPlace {
  let folder: TemporaryFolder
  let port: Int
  private(set) var kosd: Kosd
  let leader: Replica
  let office: Office

  var tenant: String { folder.path + "/tenant" }
  var log: String { folder.path + "/kosd.log" }

  /// Starts the server anew on the same data, after its end.
  func startServer() throws {
    kosd = try Kosd(data: tenant, port: port, log: log)
    try kosd.awaitListening()
  }

  /// - Parameter wrapper: a program, with its first arguments, that runs the server.
  init(wrapper: (TemporaryFolder) -> [String] = { _ in [] }) async throws {
    folder = try TemporaryFolder("kos-served")
    port = try FreePort.find()
    let code = try Kosd.initialise(
      data: folder.path + "/tenant", tenant: "Prøvekommune", leader: "Lene", port: port)
    kosd = try Kosd(
      data: folder.path + "/tenant", port: port, log: folder.path + "/kosd.log", wrapper: wrapper(folder))
    try kosd.awaitListening()
    office = try Office(folder: folder.path, port: port)
    leader = try await office.leader("Lene", code: code)
  }
}
