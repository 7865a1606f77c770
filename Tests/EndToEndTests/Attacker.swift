import CRDT
import Replication
import Storage
import TestProcesses
import WireProtocol

/// Somebody with an enrolled device who breaks the protocol. What he sends began as real messages: the
/// client's machine makes them from his replica, and they are spoilt afterwards.
final class Attacker {
  private let port: Int
  private let store: ReplicaStore
  private let keys: DeviceKeys
  private var generator: SplitMix64

  /// - Parameter home: a replica that has something to push.
  init(home: String, port: Int, seed: UInt64) throws {
    self.port = port
    keys = try DeviceKeys(home: home) { throw ProcessFailure("the device has no passphrase") }
    store = try ReplicaStore(home: home, seal: StoreSeal(keys.storeKeys))
    generator = SplitMix64(seed: seed)
  }

  func close() throws { try store.close() }

  /// How far a session goes before the spoilt message.
  enum Stage: CaseIterable {
    case connected, greeted, open
  }

  /// Goes so far, and gives what a client would send next.
  private func advance(to stage: Stage) throws -> (peer: RawPeer, next: [[UInt8]]) {
    let peer = try RawPeer(port: port, subprotocol: Limits.subprotocol)
    var session = ClientSession(identity: try identity())
    let nonce = (0..<32).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
    let hello = messages(try session.connected(nonce: nonce, at: 0, replica: store))
    if stage == .connected { return (peer, hello) }
    for message in hello { peer.send(message) }
    let proof = messages(try session.messageReceived(try message(from: peer), replica: store))
    if stage == .greeted { return (peer, proof) }
    for message in proof { peer.send(message) }
    let actions = try session.messageReceived(try message(from: peer), replica: store)
    for case .store(.session(let token, _, _, _)) in actions {
      _ = try store.updateMeta { $0.sessionToken = token }
    }
    return (peer, messages(actions) + (try otherMessages()))
  }

  private func identity() throws -> ClientIdentity {
    let meta = try store.meta()
    return ClientIdentity(
      tenant: meta.tenant, tenantKey: meta.tenantKey, actor: meta.actor, signingKey: keys.signingKey,
      epoch: meta.epoch, token: meta.sessionToken, cursor: [], deliveries: 0,
      holdings: Transcript.holdingsDigest(try store.holdings()))
  }

  private func messages(_ actions: [ClientSession.Action]) -> [[UInt8]] {
    actions.compactMap { if case .send(let message) = $0 { message } else { nil } }
  }

  /// What a session in order may also send.
  private func otherMessages() throws -> [[UInt8]] {
    let invitation = WireClientMessage.with {
      $0.invitation.request = 7
      $0.invitation.verifier = .init([UInt8](repeating: 3, count: 32))
      $0.invitation.role = 3
      $0.invitation.person = .init(Identifier(randomHigh: 1, randomLow: 2).bytes)
      $0.invitation.personName = "Karla Kanariefugl"
      $0.invitation.codeID = .init([1, 2, 3, 4, 5, 6, 7, 8])
    }
    let delivered = WireClientMessage.with { $0.delivered.number = 1 }
    return [try invitation.serializedBytes(), try delivered.serializedBytes()]
  }

  private func message(from peer: RawPeer) throws -> [UInt8] {
    guard case .message(let message) = try peer.next() else {
      throw ProcessFailure("the server did not answer a message in order")
    }
    return message
  }

  // MARK: Attacks

  /// What became of an attack: the reason that ended the session.
  struct Outcome: Hashable, Sendable {
    /// What the server said last; `nil` when it only closed.
    let code: ErrorCode?
    /// How it closed.
    let close: UInt16?
  }

  /// Spoils one of the messages that would come next, and waits for the end of the session.
  func spoil(at stage: Stage, by mutation: Mutation) throws -> Outcome {
    let (peer, next) = try advance(to: stage)
    guard let message = next.randomElement(using: &generator) else {
      throw ProcessFailure("there is nothing to spoil")
    }
    peer.send(mutation.spoil(message, &generator))
    return try end(of: peer, after: stage)
  }

  /// Sends something else than a message, as a frame.
  func send(_ payload: [UInt8], opcode: UInt8, at stage: Stage) throws -> Outcome {
    let (peer, _) = try advance(to: stage)
    peer.send(payload, opcode: opcode)
    return try end(of: peer, after: stage)
  }

  /// Sends a real message where it does not belong.
  func sendOutOfOrder() throws -> Outcome {
    let (other, later) = try advance(to: .open)
    defer { withExtendedLifetime(other) {} }
    let (peer, _) = try advance(to: .connected)
    peer.send(later.randomElement(using: &generator) ?? [])
    return try end(of: peer, after: .connected)
  }

  /// A spoilt message may still be one that a client might send: with bits that nobody reads, or another
  /// number. A greeting cannot be one after it, and ends the session at the latest. A stranger has two
  /// messages only, so in place of his proof the greeting waits until the server took that for one.
  private func end(of peer: RawPeer, after stage: Stage) throws -> Outcome {
    let greeting: [UInt8] = try WireClientMessage.with { $0.hello = .init() }.serializedBytes()
    var isGreeted = stage != .greeted
    if isGreeted { peer.send(greeting) }
    var code: ErrorCode?
    while true {
      switch try peer.next() {
      case .message(let message):
        let said = try WireServerMessage(checking: message)
        if case .failure(let failure) = said.body, failure.fatal {
          code = ErrorCode(rawValue: failure.code)
        } else if !isGreeted {
          peer.send(greeting)
          isGreeted = true
        }
      case .closed(let close): return Outcome(code: code, close: close)
      case .ended: return Outcome(code: code, close: nil)
      }
    }
  }
}
