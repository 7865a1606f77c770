public import CRDT
import Crypto

/// The two hellos of a session as they were sent, which both sides sign.
public enum Transcript {
  /// SHA-256 of the client's hello ‖ SHA-256 of the body of the server's hello.
  public static func bytes(clientHello: [UInt8], serverHelloBody: [UInt8]) -> [UInt8] {
    let client = Digest.of { $0.add(clientHello) }
    let server = Digest.of { $0.add(serverHelloBody) }
    return client.bytes + server.bytes
  }

  /// The actor that a public key names: the first eight bytes of its SHA-256, big-endian.
  public static func actor(of signingKey: [UInt8]) -> ActorID {
    ActorID(rawValue: Digest.of { $0.add(signingKey) }.firstWord)
  }

  /// What a device holds: SHA-256 over each record and its generation, in order of record.
  public static func holdingsDigest(_ holdings: [(record: Identifier, generation: UInt64)]) -> Digest {
    Digest.of { hasher in
      hasher.add("kos.holdings.v1")
      for holding in holdings.sorted(by: { $0.record < $1.record }) {
        hasher.add(holding.record)
        hasher.add(bigEndian: holding.generation)
      }
    }
  }
}
