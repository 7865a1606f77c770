public import CRDT
import CaseModel
import WireProtocol

/// Cases that come from another tenant (R51; `Protocol/transfer.md`).
extension GroupStage {
  /// Where changes of a transfer come from: the tenant that hands over, or one from which it has them.
  public struct Origin: Sendable, Hashable {
    /// The tenant.
    let tenant: Identifier
    /// The actors whose chains start there.
    let actors: Set<ActorID>

    /// Describes an origin.
    public init(tenant: Identifier, actors: some Sequence<ActorID>) {
      self.tenant = tenant
      self.actors = Set(actors)
    }
  }

  /// Takes in changes that another tenant accepted, or refused, under their own names, with the times at
  /// which it received them. What is here already is passed over, so that a file may come twice, or a later
  /// one that goes on.
  ///
  /// Policy is not asked: what gives rights waits until somebody here confirms it (`GoverningState`).
  ///
  /// - Parameters:
  ///   - origins: the tenant that hands over, and those from which it has the cases.
  ///   - isFirst: whether the ledger is told of the actors with this group.
  /// - Returns: how many changes were not here before, and how many were left out, since their case is
  ///   governed here by now.
  /// - Throws: `ProtocolError`: `FORKED` when something else stands in a change's place here, `CAUSALITY`
  ///   when what it chains to is missing, `MALFORMED` when it does not decode. Drop the stage then.
  public mutating func arrive(_ changes: [OfferedChange], from origins: [Origin], isFirst: Bool) throws
    -> (new: Int, left: Int)
  {
    if isFirst { for origin in origins { try note(origin) } }
    let before = group.position
    var left = 0
    for change in changes {
      let actor = change.change.header.id.actor
      guard origins.contains(where: { $0.actors.contains(actor) }) else { throw ProtocolError.malformed }
      if try isGovernedHere(change) {
        left += 1
        continue
      }
      switch try take(arrived: change) {
      case .offerTaken, .offerThere: continue
      case .offerWaits: throw ProtocolError(.causality)
      case .offerInvalid: throw ProtocolError.malformed
      default: throw ProtocolError(.forked)
      }
    }
    try decideExits()
    return (Int(group.position - before), left)
  }

  /// Whether a change is of what governs a case of which something was confirmed here, and is not here yet:
  /// what was confirmed is not changed by whoever it came from, nor what was restricted opened again.
  private func isGovernedHere(_ change: OfferedChange) throws -> Bool {
    let header = change.change.header
    // Of what was erased nothing can be read any more, and it takes no right away.
    guard !source.isErased(header.record) else { return false }
    let facts =
      try group.records[header.record]?.facts ?? source.record(header.record)?.facts ?? header.creates
    guard let facts, facts.governAccess, let caseID = facts.caseID, governing.isTakenOver(caseID) else {
      return false
    }
    return try digest(of: header.id, in: header.record) == nil
  }

  private mutating func note(_ origin: Origin) throws {
    let new = origin.actors.filter { directory.homes[$0] == nil }.sorted { $0.rawValue < $1.rawValue }
    // Nobody writes under the name of a device that is enrolled here.
    guard origin.tenant != tenant, new.allSatisfy({ device($0) == nil }),
      origin.actors.allSatisfy({ directory.homes[$0] ?? origin.tenant == origin.tenant })
    else { throw ProtocolError(.forked) }
    noteHomes(of: new, origin.tenant)
    if !new.isEmpty { group.ledger.append(.arrived(from: origin.tenant, new)) }
  }
}
