import Logging
import Replication
import Storage
import WebSocketTransport
import WireProtocol

/// Work that must not be lost with the passphrase: it is sealed to the tenant while the replica is open, and
/// handed over without the replica's keys.
extension Replica {
  /// Seals what has no verdict yet to the tenant's key, once more beside the replica itself. For the end of
  /// whatever wrote something.
  ///
  /// A device that goes on under another actor, or is set right with its server, seals afterwards: what waits
  /// is written again then.
  ///
  /// - Throws: `ReplicaError`; the work is unsent and in the replica as before.
  public func sealUnsent() throws {
    try attempt {
      let meta = try store.meta()
      guard meta.successorSalt == nil, !meta.isHealing, try store.needsSealing() else { return }
      // A device that was reported stolen has nothing left that it could sign.
      guard meta.accessEnded?.reason != .stolen else { return }
      let identity = try identity(meta, deviceKeys)
      let pass = RescuePass(identity, serverURL: meta.serverURL, authorityFile: meta.authorityFile)
      try store.sealUnsent(as: identity, with: pass)
    }
  }

  /// What the replica in a folder has not sent, as far as that can be told without its keys.
  ///
  /// - Throws: `ReplicaError`.
  public static func unsentWork(home: String) throws -> UnsentWork {
    let work = try open(home)
    defer { work.close() }
    return UnsentWork(
      entries: work.unsentEntries, sealed: work.sealedEntries, files: work.unsentFiles)
  }

  /// Hands over what the replica in a folder keeps sealed, without its keys. Nothing changes in the folder,
  /// and it may be done again: nothing arrives twice.
  ///
  /// - Parameter onProgress: told how many items were handed over, and of how many.
  /// - Throws: `ReplicaError`: `notEnrolled`; `offline`; `refused` when the server ends it, such as
  ///   `DEVICE_REVOKED` of a device that was reported stolen.
  public static func rescue(
    home: String, onProgress: (Int, Int) -> Void = { _, _ in }
  ) async throws -> RescueReport {
    let work = try open(home)
    defer { work.close() }
    let unsealed = max(work.unsentEntries - work.sealedEntries, 0)
    var report = RescueReport(
      items: work.count, unsent: work.unsentEntries, unsealed: unsealed, filesUnsealed: work.unsealedFiles)
    var files = FileHandOver()
    guard let pass = work.pass, work.count > 0 else { return report }
    let logger = Logger(label: "kos", factory: { _ in SwiftLogNoOpLogHandler() })
    let loop = try ServiceLoop(logger: logger)
    do {
      var next = 0
      while next < work.count {
        let configuration = ClientConfiguration(
          url: pass.serverURL, subprotocol: Limits.subprotocol, certificateAuthorityFile: pass.authorityFile)
        let client = try await WebSocketClient.connect(configuration, loop: loop, logger: logger)
        let start = next
        let code = try await handOver(work, pass, from: &next, over: client, &files, &report, onProgress)
        await client.close()
        // One that ends because too much was good for nothing, or after as much as one connection may carry,
        // is followed by another; one that leads nowhere is not.
        if let code, code != .limitExceeded || next == start {
          throw ReplicaError(.refused(name: code.name))
        }
      }
      await loop.shutdown()
      return report
    } catch let error as TransportError {
      await loop.shutdown()
      throw ReplicaError(.offline(error.code.rawValue))
    } catch {
      await loop.shutdown()
      throw ReplicaError(error)
    }
  }

  private static func open(_ home: String) throws -> SealedWork {
    do {
      return try SealedWork(home: home)
    } catch let error as StorageError {
      throw error.code == .missing ? ReplicaError(.notEnrolled) : ReplicaError(error)
    }
  }

  /// Hands over items on one connection.
  ///
  /// - Parameter next: the first item; afterwards the first that was not answered.
  /// - Returns: why the server ended it; `nil` when it did not.
  private static func handOver(
    _ work: SealedWork, _ pass: RescuePass, from next: inout Int, over client: WebSocketClient,
    _ files: inout FileHandOver, _ report: inout RescueReport, _ onProgress: (Int, Int) -> Void
  ) async throws -> ErrorCode? {
    var session = RescueSession(pass)
    var actions = try session.connected(nonce: SystemSource.bytes(32), at: SystemSource.now)
    var messages = client.messages.makeAsyncIterator()
    var left = Limits.rescueItems
    while true {
      var goesOn = false
      for action in actions {
        switch action {
        case .send(let message): client.send(message)
        case .opened: goesOn = true
        case .answered(let answer):
          report.add(answer)
          if let piece = work.piece(next) { files.note(answer.file, on: piece, in: &report) }
          next += 1
          goesOn = true
          onProgress(next, work.count)
        case .failed(let code):
          // The answer to an item that is one too many is the end.
          if code == .limitExceeded, left < Limits.rescueItems {
            report.add(useless: code)
            next += 1
          }
          return code
        }
      }
      if goesOn {
        var item: SealedWork.Item?
        while item == nil, next < work.count {
          if work.piece(next).map(files.mustSend) ?? true { item = try work.item(next) }
          if item == nil { next += 1 }
        }
        guard let item, left > 0 else { return nil }
        left -= 1
        actions = try session.handOver(item.content, sealedBy: item.actor)
        continue
      }
      guard let message = await messages.next() else { throw ReplicaError(.offline("closed")) }
      actions = session.messageReceived(message)
    }
  }
}

extension RescueReport {
  mutating func add(_ answer: RescueAnswer) {
    accepted += answer.accepted
    waiting += answer.waiting
    refused += answer.refused
    known += answer.known
    guard let code = answer.code else { return }
    if answer.isUseless { add(useless: code) } else { note(code) }
  }

  mutating func add(useless code: ErrorCode) {
    useless += 1
    note(code)
  }

  private mutating func note(_ code: ErrorCode) {
    if !codes.contains(code.name) { codes.append(code.name) }
  }
}
