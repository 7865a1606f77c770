public import CRDT
public import WireProtocol

/// The client's side of a rescue: what a device kept sealed is handed over, one item after the other, by
/// somebody who has the device's disk and not its keys.
public struct RescueSession: Sendable {
  /// What the shell is to do, in this order.
  public enum Action: Sendable, Equatable {
    /// Send a message.
    case send([UInt8])
    /// The server looks at items: hand over the first.
    case opened
    /// What became of the item that was handed over last; the next may follow.
    case answered(RescueAnswer)
    /// It is over. What was not answered may have arrived all the same, and can be handed over again.
    case failed(ErrorCode)
  }

  private enum State: Sendable {
    case idle
    case awaitingHello(ClientHandshake)
    case opening
    case ready
    case awaitingAnswer
    case closed
  }

  private var state = State.idle
  private let pass: RescuePass

  /// A rescue that was not begun.
  public init(_ pass: RescuePass) { self.pass = pass }

  /// The connection is open.
  ///
  /// - Parameters:
  ///   - nonce: 32 bytes from a cryptographic generator.
  ///   - now: milliseconds since 1970 by this machine's clock.
  public mutating func connected(nonce: [UInt8], at now: Int64) throws -> [Action] {
    var hello = ClientHandshake.greeting(nonce: nonce, at: now)
    hello.tenant = .init(pass.tenant.bytes)
    hello.actor = pass.actor.rawValue
    let handshake = try ClientHandshake(hello, expecting: .key(pass.tenantKey))
    state = .awaitingHello(handshake)
    return [.send(handshake.hello)]
  }

  /// Hands over an item; after `opened` or `answered`.
  ///
  /// - Parameter actor: who sealed it.
  public mutating func handOver(_ item: [UInt8], sealedBy actor: ActorID) throws -> [Action] {
    guard case .ready = state else { return [] }
    state = .awaitingAnswer
    let message = WireClientMessage.with {
      $0.rescueItem.actor = actor.rawValue
      $0.rescueItem.content = .init(item)
    }
    return [.send(try message.serializedBytes())]
  }

  /// A message came in.
  public mutating func messageReceived(_ bytes: [UInt8]) -> [Action] {
    do {
      let message = try WireServerMessage(checking: bytes)
      switch (message.body, state) {
      case (nil, _), (_, .closed): return []
      case (.failure(let failure), _): return fail(ErrorCode(rawValue: failure.code))
      case (.hello(let hello), .awaitingHello(let handshake)):
        let server = try handshake.serverHelloReceived(hello)
        guard server.tenant == pass.tenant else { return fail(.wrongTenant) }
        state = .opening
        let opening = WireClientMessage.with { $0.rescue.signature = .init(pass.signature) }
        return [.send(try opening.serializedBytes())]
      case (.rescued, .opening):
        state = .ready
        return [.opened]
      case (.rescued(let rescued), .awaitingAnswer):
        state = .ready
        return [.answered(RescueAnswer(rescued))]
      case (.hello, _), (.welcome, _), (.verdicts, _), (.delivery, _), (.invitation, _), (.wanted, _),
        (.offered, _), (.confirmation, _), (.history, _), (.stored, _), (.chunk, _), (.fetchFailure, _),
        (.availability, _), (.bundle, _), (.quarantine, _), (.quarantineRefused, _),
        (.quarantineDecisions, _), (.quarantineNotice, _), (.checkpoints, _), (.knowing, _),
        (.inclusion, _), (.opened, _), (.comparison, _), (.log, _),
        (.recoveryEnded, _), (.order, _), (.revoked, _), (.directory, _), (.rescued, _),
        (.deviceNotice, _):
        return fail(.unexpected)
      }
    } catch let error as ProtocolError {
      return fail(error.code)
    } catch {
      return fail(.malformed)
    }
  }

  private mutating func fail(_ code: ErrorCode) -> [Action] {
    state = .closed
    return [.failed(code)]
  }
}
