import Foundation

/// A certificate authority and a server's certificate for `localhost`, made by the openssl program.
struct TestCertificates {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("kos-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    for authority in ["ca", "other-ca"] {
      try openssl(
        ["req", "-x509"] + curve
          + ["-subj", "/CN=\(authority)", "-keyout", "\(authority).key", "-out", "\(authority).pem"])
    }
    try openssl(
      ["req"] + curve.dropLast(2) + ["-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "csr"])
    try Data("subjectAltName=DNS:localhost\n".utf8).write(to: directory.appendingPathComponent("ext"))
    try openssl([
      "x509", "-req", "-in", "csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
      "-extfile", "ext", "-out", "cert.pem",
    ])
  }

  func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

  func remove() {
    try? FileManager.default.removeItem(at: directory)
  }

  private func openssl(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw SocketFailure() }
  }
}
