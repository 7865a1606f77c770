import Replication
import WireProtocol

extension Workstation {
  /// The message that pushes entries under a right signature.
  func pushBytes(_ entries: [LinkedEntry]) throws -> [UInt8] {
    let proof = Push.proof(of: entries, after: entries[0].journal)
    let signature = signingKey.sign(proof, tenant: replica.tenant, actor: actor)
    let push = Push(entries: entries.map(\.entry), signature: signature)
    return try WireClientMessage.with { $0.push = push.message }.serializedBytes()
  }
}
