import WireProtocol

/// The tenant's secrets, in a file of their own beside the database, so that a copy of the database is not
/// also a copy of the keys.
struct TenantKeys {
  let signingSecret: [UInt8]
  let stampSecret: [UInt8]

  private static let firstLine = "kos-tenant-keys 1"

  func write(to path: String) throws {
    let text =
      "\(Self.firstLine)\nsigning \(Hexadecimal.encode(signingSecret))\n"
      + "stamp \(Hexadecimal.encode(stampSecret))\n"
    try PrivateFiles.write(Array(text.utf8), to: path)
  }

  init(signingSecret: [UInt8], stampSecret: [UInt8]) throws {
    guard signingSecret.count == 32, stampSecret.count == 32 else { throw StorageError(.inconsistent) }
    self.signingSecret = signingSecret
    self.stampSecret = stampSecret
  }

  init(readFrom path: String) throws {
    let lines = String(decoding: try PrivateFiles.read(path), as: UTF8.self).split(separator: "\n")
    guard lines.count == 3, lines[0] == Self.firstLine, lines[1].hasPrefix("signing "),
      lines[2].hasPrefix("stamp "),
      let signing = Hexadecimal.decode(lines[1].dropFirst("signing ".count)),
      let stamp = Hexadecimal.decode(lines[2].dropFirst("stamp ".count)), signing.count == 32,
      stamp.count == 32
    else { throw StorageError(.damaged) }
    try self.init(signingSecret: signing, stampSecret: stamp)
  }
}
