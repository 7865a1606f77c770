public import CRDT

/// A part of a tenant's records that someone may be a reader of. Scopes route deliveries cheaply: a person's
/// scopes contain every record that she may read, and `may` decides on each.
public enum Scope: Sendable, Hashable {
  /// The tenant register.
  case register
  /// The milestones of every case.
  case milestones
  /// All records of a case.
  case caseFile(Identifier)
  /// What lies under an alias.
  case alias(Identifier)
}
