import CRDT
public import CaseModel

/// Which sessions may be concerned by a record: an index from scopes to sessions, so that the cost of passing
/// a change on grows with those who may see it and with nobody else.
public struct Subscriptions: Sendable {
  private var sessions: [Scope: Set<ConnectionNumber>] = [:]
  private var scopes: [ConnectionNumber: Set<Scope>] = [:]

  /// Nobody is subscribed.
  public init() {}

  /// The scopes of a session.
  public func scopes(of session: ConnectionNumber) -> Set<Scope> { scopes[session, default: []] }

  /// Replaces a session's scopes.
  ///
  /// - Returns: those that it did not have before.
  @discardableResult
  public mutating func subscribe(_ session: ConnectionNumber, to new: Set<Scope>) -> Set<Scope> {
    let old = scopes(of: session)
    for scope in old.subtracting(new) {
      sessions[scope]?.remove(session)
      if sessions[scope]?.isEmpty == true { sessions[scope] = nil }
    }
    for scope in new.subtracting(old) { sessions[scope, default: []].insert(session) }
    scopes[session] = new
    return new.subtracting(old)
  }

  /// Ends a session's subscription.
  public mutating func remove(_ session: ConnectionNumber) {
    subscribe(session, to: [])
    scopes[session] = nil
  }

  /// The sessions of whose scopes one contains the record. Whether each may read it, policy says.
  public func sessions(concernedBy record: RecordReference) -> Set<ConnectionNumber> {
    var found: Set<ConnectionNumber> = []
    for scope in CaseModel.scopes(containing: record) { found.formUnion(sessions[scope, default: []]) }
    return found
  }
}
