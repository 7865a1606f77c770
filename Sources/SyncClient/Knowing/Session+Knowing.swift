import Replication
import Storage
import WireProtocol

/// The logs of knowing, beside the changes on the same connection.
extension Session {
  /// Asks how the logs stand, once a session and first of all: so the answer is here before anything is up to
  /// date.
  func askAboutLogs() {
    do {
      let meta = try store.meta()
      guard let key = try? VerifyingKey(bytes: meta.tenantKey) else { return }
      let watch = LogWatch(tenant: meta.tenant, key: key, kept: meta.logs.newest)
      let question: [UInt8] = try WireClientMessage.with { $0.checkpoints = watch.request }.serializedBytes()
      logs = watch
      traffic.sentBytes += question.count
      client?.send(question)
    } catch {
      end(error)
    }
  }

  /// How the logs stand. Whatever is found of them, the exchange goes on.
  func receivedAboutLogs(_ message: [UInt8]) {
    guard !isOver, var watch = logs else { return }
    do {
      guard case .checkpoints(let answer)? = try WireServerMessage(checking: message).body else { return }
      let now = SystemSource.now
      let outcomes = try watch.receive(answer, at: now &+ (try store.meta()).clockOffset)
      logs = watch
      if !outcomes.isEmpty { try store.keep(outcomes, at: now) }
    } catch is ProtocolError {
      // What cannot be read shows nothing, and is asked for again in the next session.
      logs = nil
    } catch {
      end(error)
    }
  }
}
