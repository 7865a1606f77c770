import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// Makes a new tenant with a code for its first leader, and codes for further ones.
public enum TenantSetup {
  /// What `create` gives back.
  public struct FirstLeader: Sendable {
    /// The one-time code, good for 15 minutes.
    public let code: String
    /// Names the tenant.
    public let tenant: String
  }

  /// Makes the tenant's folder, keys and database.
  ///
  /// - Throws: `StartFailure`, as when there is a tenant already.
  public static func create(
    directory: String, ledger: String? = nil, keys: String? = nil, tenantName: String, leaderName: String
  ) throws -> FirstLeader {
    try StartFailure.translating(directory) {
      let store = try ServerStore.create(
        in: directory, ledger: ledger, keys: RecordKeyOptions(path: keys),
        tenant: .generated(name: tenantName))
      defer { try? store.close() }
      return try addCode(to: store, leaderName: leaderName)
    }
  }

  /// Makes a code for a further leader: what two leaders decide needs two, and no leader makes herself a
  /// second one. Nobody serves the tenant meanwhile.
  ///
  /// - Throws: `StartFailure`, as when somebody does.
  public static func addLeader(
    in directory: String, ledger: String?, keys: String?, named name: String
  ) throws -> FirstLeader {
    try StartFailure.translating(directory) {
      let store = try ServerStore(directory: directory, ledger: ledger, keys: RecordKeyOptions(path: keys))
      defer { try? store.close() }
      return try addCode(to: store, leaderName: name)
    }
  }

  private static func addCode(to store: ServerStore, leaderName: String) throws -> FirstLeader {
    let code = EnrolmentCode(
      id: .random(in: 0 ... .max), secret: SystemSource.identifier(),
      fingerprint: EnrolmentCode.fingerprint(of: store.tenant.signingKey.publicKey))
    var group = CommitGroup(after: store.position, logDigest: store.logDigest)
    group.codes = [
      PendingCode(
        id: code.id, verifier: code.verifier, role: .leader, person: SystemSource.identifier(),
        personName: leaderName, account: nil,
        expiresAt: SystemSource.now + Limits.codeSeconds * 1_000)
    ]
    group.codesKeptFrom = SystemSource.now - PendingCode.keptMilliseconds
    try store.commit(group)
    return FirstLeader(code: code.description, tenant: store.tenant.id.description)
  }
}
