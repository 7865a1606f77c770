public import CRDT
public import WireProtocol

/// How much was handed over, or taken over.
public struct TransferSummary: Hashable, Sendable {
  /// The tenant on the other side.
  public var other = ""
  /// The tenants that had cases before the one that hands them over, by what they signed, in order.
  public var through: [TenantCard] = []
  /// The cases, in order.
  public var cases: [Identifier] = []
  /// How many records, those of the register that the cases name among them.
  public var records = 0
  /// How many changes.
  public var changes = 0
  /// How many of them were not here before.
  public var newChanges = 0
  /// How many attachments.
  public var attachments = 0
  /// How many attachments were not all here when the case moved: their bytes are not in the file.
  public var unfinished = 0
  /// How many changes were left out, since the case is governed here by now.
  public var left = 0
  /// The file's size, in bytes.
  public var fileBytes = 0
}
