import CRDT
import SwiftProtobuf
import WireProtocol

@testable import Replication

/// What two histories are compared by: the server's messages as encoded, with what is sealed by its place in
/// the whole log taken for what it says.
///
/// - A **stamp** holds its place under a mask, and a code over both (README §5). Each is replaced by that of
///   the same change in the other history: 24 bytes by 24 bytes, wherever they stand.
/// - A **cursor** is replaced by how many changes it lies behind of those that both histories have.
/// - States that are sent **compressed** are compared as they are inflated. How long the section is, and so
///   whether compressing pays, depends on the sealed bytes in it too, which look random to everybody without
///   the stamp key.
/// - A **hello**'s signature covers the cursor that the client showed. It is replaced by its length.
///
/// All else is compared byte by byte.
struct Disguise {
  private let tenant: Tenant
  private let actor: ActorID
  /// Eight bytes of a stamp here, the first one lowest, and those that stand for them.
  private var words: [UInt64: UInt64] = [:]
  /// For each place in the log, how many changes up to it both histories have.
  private var ranks: [UInt64: Int] = [0: 0]

  /// - Parameters:
  ///   - town: the history that is to look like the other one.
  ///   - other: the stamps of the other history's changes.
  init(of town: Town, as other: [Digest: Seal], for actor: ActorID) {
    tenant = town.tenant
    self.actor = actor
    var rank = 0
    for change in town.store.log {
      if let seal = other[change.digest] {
        rank += 1
        words[change.seal.sealedPosition] = seal.sealedPosition
        // The code stands with its highest byte first.
        words[change.seal.mac.high.byteSwapped] = seal.mac.high.byteSwapped
        words[change.seal.mac.low.byteSwapped] = seal.mac.low.byteSwapped
      }
      ranks[change.position] = rank
    }
  }

  /// A message in a form that can be compared.
  func plain(_ message: WireServerMessage) throws -> [UInt8] {
    var message = message
    var told: [UInt8] = []
    switch message.body {
    case .hello(let hello)?:
      message.hello.signature = .init([UInt8](repeating: 0, count: hello.signature.count))
    case .delivery(let delivery)?:
      let enters = try delivery.allEnters()
      message.delivery.enters = enters
      message.delivery.compressedEnters = .init()
      message.delivery.inflatedBytes = 0
      message.delivery.cursor = .init()
      told = rank(Array(delivery.cursor))
    case .verdicts(let verdicts)?:
      message.verdicts.cursor = .init()
      told = rank(Array(verdicts.cursor))
    default: break
    }
    return replaced(try message.serializedBytes()) + told
  }

  private func rank(_ cursor: [UInt8]) -> [UInt8] {
    guard !cursor.isEmpty else { return [] }
    guard let opened = try? tenant.stampKey.openCursor(cursor, actor: actor),
      let rank = ranks[opened.position]
    else { return [0xff] }
    return Array(" behind \(rank), \(cursor.count) bytes".utf8)
  }

  /// Puts in place of each stamp that of the same change in the other history.
  private func replaced(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 8, !words.isEmpty else { return bytes }
    var result = bytes
    var window: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      window = window >> 8 | UInt64(byte) << 56
      guard index >= 7, let other = words[window] else { continue }
      for offset in 0..<8 {
        result[index - 7 + offset] = UInt8(truncatingIfNeeded: other >> UInt64(8 * offset))
      }
    }
    return result
  }
}
