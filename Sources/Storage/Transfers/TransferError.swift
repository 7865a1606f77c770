public import CRDT

/// Why nothing could be handed over to another tenant, or taken over from one.
public struct TransferError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// No case is to go to that tenant: two leaders confirm it first.
    case nothingToSend
    /// The card is this tenant's own.
    case ownCard
    /// The case came from another tenant, and what that one signed of it is not here, or not in the file.
    case unproven
    /// The case was at the tenant before that it is to go to: it cannot come back.
    case cameBack
    /// The tenant whose card was named did not sign the file.
    case badSignature
    /// The file does not say what a transfer must.
    case malformed
    /// This tenant has something else under the name of a record or a device.
    case clash
  }

  /// What is wrong.
  public let code: Code
  /// With which record or case, where it is with one.
  public let record: Identifier?

  /// Makes an error.
  public init(_ code: Code, record: Identifier? = nil) {
    self.code = code
    self.record = record
  }

  public var description: String { code.rawValue + (record.map { " (\($0))" } ?? "") }
}
