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

  /// What the server says of the logs. Whatever is found of them, the exchange goes on.
  func receivedAboutLogs(_ message: [UInt8]) {
    guard !isOver else { return }
    do {
      let body = try WireServerMessage(checking: message).body
      if case .opened(let taken)? = body { return try received(taken) }
      if case .inclusion(let answer)? = body { return try received(answer) }
      if case .comparison(let answer)? = body { return try received(answer) }
      if case .log(let page)? = body { return try received(page) }
      guard var watch = logs else { return }
      let now = SystemSource.now
      let serverTime = now &+ (try store.meta()).clockOffset
      var outcomes: [LogWatch.Outcome] = []
      switch body {
      case .checkpoints(let answer)?: outcomes = try watch.receive(answer, at: serverTime)
      case .knowing(let page)?: outcomes = try inquiry?.receive(page, &watch, at: serverTime) ?? []
      default: return
      }
      logs = watch
      if !outcomes.isEmpty { try store.keep(outcomes, at: now) }
      try lookForOpenings(after: outcomes)
      if case .checkpoints? = body { try beginReading(after: outcomes) }
      try inquire()
    } catch let error as ProtocolError {
      // Who asked is told; what nobody asked for shows nothing, and is asked for again in the next session.
      if inquiry != nil || logReading != nil { reports.yield(.failed(error.code)) }
      (logs, inquiry, logReading) = (nil, nil, nil)
    } catch {
      end(error)
    }
  }

  private func inquire() throws {
    guard var asked = inquiry, let watch = logs else { return }
    guard let request = asked.request(keeping: { watch.size(of: $0) }) else {
      inquiry = nil
      reports.yield(.knowing(asked))
      return
    }
    inquiry = asked
    let question: [UInt8] = try WireClientMessage.with { $0.knowing = request }.serializedBytes()
    traffic.sentBytes += question.count
    client?.send(question)
  }
}
