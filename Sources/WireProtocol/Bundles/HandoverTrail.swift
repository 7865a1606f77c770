public import CRDT

/// By which tenants cases came to the one that has them, as each of them signed it.
public struct HandoverTrail: Sendable {
  /// The tenant that has the cases.
  public let holder: Identifier
  private let handovers: [(handover: Handover, cases: Set<Identifier>)]
  private var latest: [Identifier: Int64] = [:]
  /// The tenants of whoever wrote; `nil` of an actor whom two of them call theirs.
  private var homes: [ActorID: Identifier?] = [:]

  /// Collects what was signed.
  ///
  /// - Parameters:
  ///   - holder: the tenant that has the cases.
  ///   - statement: what the holder signs of them itself, where it hands them on.
  public init(_ handovers: [Handover], to holder: Identifier, statement: TransferStatement? = nil) {
    self.holder = holder
    self.handovers = handovers.map { ($0, Set($0.statement.cases)) }
    for one in handovers.map(\.statement) + [statement].compactMap(\.self) {
      latest[one.tenant] = max(latest[one.tenant] ?? one.writtenAt, one.writtenAt)
      for actor in one.actors {
        if let known = homes[actor], known != one.tenant {
          homes.updateValue(nil, forKey: actor)
        } else {
          homes.updateValue(one.tenant, forKey: actor)
        }
      }
    }
  }

  /// The tenant in which an actor wrote, as that tenant signed; `nil` when none did, or two.
  public func home(of actor: ActorID) -> Identifier? { homes[actor] ?? nil }

  /// Until when a tenant may have received what it handed over: when it last signed, in milliseconds since
  /// 1970 by its clock.
  public func lastSigned(by tenant: Identifier) -> Int64? { latest[tenant] }

  /// The holder, and the tenants from which a case came to it, one from the other. Of the register, from
  /// which whatever they handed over may have come: any case will do.
  ///
  /// - Parameter caseID: the case; `nil` for the register.
  /// - Complexity: O(hand-overs²)
  public func tenants(before caseID: Identifier?) -> Set<Identifier> {
    let named = handovers.filter { one in caseID.map(one.cases.contains) ?? true }.map(\.handover)
    var reached: Set<Identifier> = [holder]
    while true {
      let next = named.filter { reached.contains($0.recipient) && !reached.contains($0.sender.tenant) }
      if next.isEmpty { return reached }
      reached.formUnion(next.map(\.sender.tenant))
    }
  }

  /// What has to go along with cases, and with records of the register that others wrote.
  ///
  /// - Parameters:
  ///   - cases: the cases.
  ///   - tenants: whose people wrote in the register.
  /// - Complexity: O(hand-overs² + hand-overs × cases)
  public func handovers(of cases: [Identifier], register tenants: Set<Identifier>) -> [Handover] {
    var onTheWay = tenants
    while true {
      let next = handovers.filter {
        onTheWay.contains($0.handover.sender.tenant) && !onTheWay.contains($0.handover.recipient)
      }
      if next.isEmpty { break }
      onTheWay.formUnion(next.map(\.handover.recipient))
    }
    return handovers.filter {
      !$0.cases.isDisjoint(with: cases) || onTheWay.contains($0.handover.sender.tenant)
    }.map(\.handover)
  }
}
