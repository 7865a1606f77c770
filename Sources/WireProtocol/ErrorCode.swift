/// Why something was refused or a session ended. Numbers are given once and never reused
/// (`Protocol/errors.md`).
public struct ErrorCode: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: UInt32

  /// Names code `rawValue`, known here or not.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  // Of a session.
  public static let malformed = ErrorCode(rawValue: 1)
  public static let unsupported = ErrorCode(rawValue: 2)
  public static let limitExceeded = ErrorCode(rawValue: 3)
  public static let unexpected = ErrorCode(rawValue: 4)
  public static let noCommonVersion = ErrorCode(rawValue: 5)
  public static let unknownDevice = ErrorCode(rawValue: 6)
  public static let badSignature = ErrorCode(rawValue: 7)
  public static let codeRefused = ErrorCode(rawValue: 8)
  public static let forked = ErrorCode(rawValue: 9)
  public static let epochMismatch = ErrorCode(rawValue: 10)
  public static let wrongTenant = ErrorCode(rawValue: 11)
  public static let retry = ErrorCode(rawValue: 12)
  public static let superseded = ErrorCode(rawValue: 13)
  public static let deviceRevoked = ErrorCode(rawValue: 15)

  // Of a request.
  public static let notPermitted = ErrorCode(rawValue: 14)

  // Of a change.
  public static let accessEnded = ErrorCode(rawValue: 16)
  public static let notAvailable = ErrorCode(rawValue: 32)
  public static let forbidden = ErrorCode(rawValue: 33)
  public static let causality = ErrorCode(rawValue: 34)
  public static let recordExists = ErrorCode(rawValue: 35)
  public static let alreadyDecided = ErrorCode(rawValue: 36)
  public static let invalidContent = ErrorCode(rawValue: 37)
  public static let tooManyValues = ErrorCode(rawValue: 38)
  public static let tooLarge = ErrorCode(rawValue: 39)
  public static let wrongAuthor = ErrorCode(rawValue: 40)
  public static let alreadyTaken = ErrorCode(rawValue: 41)

  // Of what is given back.
  public static let awaited = ErrorCode(rawValue: 56)
  public static let inRecovery = ErrorCode(rawValue: 57)

  // Of what a person decides on.
  public static let quarantineFull = ErrorCode(rawValue: 58)
  public static let declined = ErrorCode(rawValue: 59)

  // Of a device that nobody has confirmed yet.
  public static let notConfirmed = ErrorCode(rawValue: 62)

  // Of what waits for its author.
  public static let widened = ErrorCode(rawValue: 61)

  // Of what was erased.
  public static let erased = ErrorCode(rawValue: 60)

  // Of an attachment's bytes.
  public static let bytesAwaited = ErrorCode(rawValue: 48)
  public static let digestMismatch = ErrorCode(rawValue: 49)
  public static let attachmentExists = ErrorCode(rawValue: 50)
  public static let tooManyUploads = ErrorCode(rawValue: 51)

  // Of what is handed over sealed.
  public static let notOpened = ErrorCode(rawValue: 65)
  public static let notProven = ErrorCode(rawValue: 66)

  /// Every code with its name and whether it ends a session or refuses a change.
  public static let all: [(code: ErrorCode, name: String, endsSession: Bool)] = [
    (malformed, "MALFORMED", true), (unsupported, "UNSUPPORTED", true),
    (limitExceeded, "LIMIT_EXCEEDED", true),
    (unexpected, "UNEXPECTED", true), (noCommonVersion, "NO_COMMON_VERSION", true),
    (unknownDevice, "UNKNOWN_DEVICE", true), (badSignature, "BAD_SIGNATURE", true),
    (codeRefused, "CODE_REFUSED", true), (forked, "FORKED", true), (epochMismatch, "EPOCH_MISMATCH", true),
    (wrongTenant, "WRONG_TENANT", true), (retry, "RETRY", true), (superseded, "SUPERSEDED", true),
    (deviceRevoked, "DEVICE_REVOKED", true), (notPermitted, "NOT_PERMITTED", false),
    (accessEnded, "ACCESS_ENDED", false), (notAvailable, "NOT_AVAILABLE", false),
    (forbidden, "FORBIDDEN", false), (causality, "CAUSALITY", false), (recordExists, "RECORD_EXISTS", false),
    (alreadyDecided, "ALREADY_DECIDED", false), (invalidContent, "INVALID_CONTENT", false),
    (tooManyValues, "TOO_MANY_VALUES", false), (tooLarge, "TOO_LARGE", false),
    (wrongAuthor, "WRONG_AUTHOR", false), (alreadyTaken, "ALREADY_TAKEN", false),
    (bytesAwaited, "BYTES_AWAITED", false), (digestMismatch, "DIGEST_MISMATCH", false),
    (attachmentExists, "ATTACHMENT_EXISTS", false), (tooManyUploads, "TOO_MANY_UPLOADS", false),
    (awaited, "AWAITED", false), (inRecovery, "IN_RECOVERY", false),
    (quarantineFull, "QUARANTINE_FULL", false), (declined, "DECLINED", false),
    (erased, "ERASED", false), (widened, "WIDENED", false),
    (notConfirmed, "NOT_CONFIRMED", false),
    (notOpened, "NOT_OPENED", false), (notProven, "NOT_PROVEN", false),
  ]

  /// The name by which documents, logs and `--json` speak of it.
  public var name: String { Self.all.first { $0.code == self }?.name ?? "CODE_\(rawValue)" }
}
