import Storage
import WireProtocol

/// What was written into a push bundle.
public struct WrittenBundle: Hashable, Sendable {
  /// How many acts that have no verdict.
  public let entries: Int
  /// How many changes they hold.
  public let changes: Int
  /// How many rows of what was opened here.
  public let openings: Int
  /// The size of the file, in bytes.
  public let fileBytes: Int
}

/// What a delivery bundle brought.
public struct ReceivedBundle: Hashable, Sendable {
  /// What became of it.
  public enum Outcome: String, Hashable, Sendable {
    /// All of it is here.
    case taken
    /// All of it was here already.
    case takenBefore = "taken_before"
    /// Its verdicts count; what it delivers goes on from an earlier state than the one here, and is left to
    /// the next session or bundle.
    case older
  }

  /// What became of it.
  public internal(set) var outcome: Outcome
  /// How many own acts were accepted that had no verdict here.
  public internal(set) var accepted = 0
  /// How many of them were refused.
  public internal(set) var refused = 0
  /// How many records moved.
  public internal(set) var records = 0
}

/// Why a bundle could not be written or taken in. What was written in the replica is there as before.
public enum BundleProblem: Hashable, Sendable {
  /// There is no such file.
  case missing
  /// There is a file already where one was to be made.
  case exists
  /// The file may not be read or written.
  case notAccessible
  /// The file is no bundle.
  case foreignFile
  /// A later version wrote it.
  case newerVersion
  /// It is a push on its way to the server.
  case wrongKind
  /// It is for another tenant.
  case otherTenant
  /// It is for another device, or for this one before it was set right after a restore.
  case otherDevice
  /// It is not what was written, from this byte on.
  case damaged(at: Int)
  /// The disk is full.
  case diskFull
  /// The disk failed.
  case inputOutput
  /// The device was not told yet what its tenant's bundles are sealed to: it must connect once.
  case noKey
  /// Another process exchanges with the server.
  case connected
  /// The device or the server was restored, which a connection alone sets right: a name of
  /// `Protocol/errors.md`.
  case needsSession(String)

  init(_ error: BundleError) {
    switch error.code {
    case .missing: self = .missing
    case .exists: self = .exists
    case .notAccessible: self = .notAccessible
    case .foreignFile: self = .foreignFile
    case .newerVersion: self = .newerVersion
    case .wrongKind: self = .wrongKind
    case .otherTenant: self = .otherTenant
    case .otherDevice: self = .otherDevice
    case .damaged: self = .damaged(at: error.offset ?? 0)
    case .diskFull: self = .diskFull
    case .inputOutput: self = .inputOutput
    }
  }

  /// What a bundle's messages are refused for.
  static func error(_ error: ProtocolError) -> ReplicaError {
    switch error.code {
    case .wrongTenant: ReplicaError(.bundle(.otherTenant))
    case .unknownDevice: ReplicaError(.bundle(.otherDevice))
    case .forked, .epochMismatch: ReplicaError(.bundle(.needsSession(error.code.name)))
    default: ReplicaError(error)
    }
  }
}
