import CRDT
import WireProtocol

/// The `merge` workload: a concurrent trace, each transaction a change by its author who saw what its parents
/// say and no more. Where an agent goes on from something that does not contain all that it wrote before, it
/// has branched, and the branch is an actor of its own.
struct TextMerge {
  /// An actor, the last of its changes, and what it sees there.
  private struct Branch {
    let agent: Int
    var author: TextAuthor
    var state = RecordState()
    var tip: ChangeID?
  }

  private let transactions: [EditingTrace.Transaction]
  private var branches: [Branch] = []
  /// What each transaction's author had seen, with the transaction itself.
  private var versions: [VersionVector] = []
  private(set) var changes: [EncodedChange] = []
  private var decoded: [Change] = []

  /// Plays the trace with a state for each branch.
  init(_ trace: EditingTrace) throws {
    transactions = trace.txns
    for number in transactions.indices {
      let branch = try branch(for: number)
      var editor = branches[branch].author.editor(branches[branch].state)
      for patch in transactions[number].patches { try editor.apply(patch) }
      let time = 1_600_000_000_000 + Int64(number)
      let made = try branches[branch].author.change(editor, on: branches[branch].state, at: time)
      guard let change = made else {
        throw BenchmarkError(description: "transaction \(number) does nothing")
      }
      changes.append(change)
      decoded.append(try change.decoded(receivedAt: time))
      branches[branch].state.apply(decoded[number])
      branches[branch].tip = change.header.id
      versions.append(branches[branch].state.version)
    }
    branches = []
  }

  /// The branch that a transaction goes on from, with all that the transaction sees.
  private mutating func branch(for number: Int) throws -> Int {
    let parents = try parents(of: number)
    let agent = transactions[number].agent ?? 0
    var version = VersionVector()
    for parent in parents { version.merge(versions[parent]) }
    let known = branches.lastIndex { branch in
      branch.agent == agent && branch.tip.map { version.contains($0) } ?? false
    }
    let place = known ?? branches.count
    if known == nil {
      branches.append(
        Branch(agent: agent, author: TextAuthor(ActorID(rawValue: .random(in: 1 ... .max)))))
    }
    var missing: Set<Int> = []
    var open = parents
    while let ancestor = open.popLast() {
      let isSeen = branches[place].state.version.contains(decoded[ancestor].id)
      guard !isSeen, missing.insert(ancestor).inserted else { continue }
      open.append(contentsOf: try self.parents(of: ancestor))
    }
    for ancestor in missing.sorted() { branches[place].state.apply(decoded[ancestor]) }
    return place
  }

  private func parents(of number: Int) throws -> [Int] {
    let parents = transactions[number].parents ?? (number > 0 ? [number - 1] : [])
    guard parents.allSatisfy({ (0..<number).contains($0) }) else {
      throw BenchmarkError(description: "transaction \(number) comes before its parents")
    }
    return parents
  }
}

extension [EncodedChange] {
  /// The changes as they travel, each alone.
  var single: [[UInt8]] {
    map { change in
      var packer = ChangePacker()
      packer.append(change)
      return packer.encoded
    }
  }

  /// The changes as they travel, as many together as a message aims at.
  var batches: [[UInt8]] {
    var batches: [[UInt8]] = []
    var packer = ChangePacker()
    for change in self {
      if packer.byteCount > 0, packer.byteCount + change.packedByteCountMax > Limits.batchBytes {
        batches.append(packer.encoded)
        packer = ChangePacker()
      }
      packer.append(change)
    }
    return batches + [packer.encoded]
  }
}
