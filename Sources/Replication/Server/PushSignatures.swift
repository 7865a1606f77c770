import CRDT
import WireProtocol

/// The devices' signatures under the pushes of a group that is judged and not stored yet.
public struct PushSignatures: Sendable {
  struct One: Sendable {
    let key: VerifyingKey
    let signature: [UInt8]
    let proof: PushProof
    let tenant: Identifier
    let actor: ActorID

    var isValid: Bool { key.isValid(signature, over: proof, tenant: tenant, actor: actor) }
  }

  /// By their submission in the group.
  private var all: [Int: One] = [:]

  /// How many there are.
  public var count: Int { all.count }

  mutating func add(_ signature: One, of submission: Int) { all[submission] = signature }

  /// Checks them all.
  ///
  /// - Complexity: one verification of Ed25519 each, by far the most of what a small push costs
  public func check() -> SignatureCheck {
    SignatureCheck(invalid: Set(all.lazy.filter { !$0.value.isValid }.map { $0.key }))
  }
}
