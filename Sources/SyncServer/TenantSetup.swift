import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// Makes a new tenant with a code for its first leader.
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

  private static func addCode(to store: ServerStore, leaderName: String) throws -> FirstLeader {
    let code = EnrolmentCode(
      id: .random(in: 0 ... .max), secret: SystemSource.identifier(),
      fingerprint: EnrolmentCode.fingerprint(of: store.tenant.signingKey.publicKey))
    var group = CommitGroup(after: store.position)
    group.codes = [
      PendingCode(
        id: code.id, verifier: code.verifier, role: .leader, person: SystemSource.identifier(),
        personName: leaderName, account: nil,
        expiresAt: SystemSource.now + Limits.codeSeconds * 1_000)
    ]
    try store.commit(group)
    return FirstLeader(code: code.description, tenant: store.tenant.id.description)
  }
}
