import SyncClient

/// Why a command ends without having done what it should: what happened, what was kept, what to do.
struct Failure: Error {
  /// What the process ends with.
  let exit: Exit
  /// What to say.
  let phrase: Phrase
  /// What stands in its gaps.
  let values: [String]

  /// Describes a failure.
  init(_ exit: Exit, _ phrase: Phrase, _ values: String...) {
    self.exit = exit
    self.phrase = phrase
    self.values = values
  }

  /// Says what an error means while there is no replica yet: nothing was written that could be kept.
  init(enrolling error: ReplicaError) {
    switch error.code {
    case .offline("plaintextNotAllowed"): self.init(.usage, .plaintextNotAllowed)
    case .offline("invalidConfiguration"): self.init(.usage, .badConnection)
    case .offline("certificateRejected"): self.init(.offline, .enrolUntrusted)
    case .offline(let reason): self.init(.offline, .enrolOffline, reason)
    case .refused("CODE_REFUSED"): self.init(.refused, .badCode)
    case .refused("WRONG_TENANT"): self.init(.refused, .otherTenant)
    case .refused(let name): self.init(.refused, .enrolRefused, name)
    default: self.init(error)
    }
  }

  /// Says what a replica's error means here.
  init(_ error: ReplicaError) {
    switch error.code {
    case .notEnrolled: self.init(.usage, .notEnrolled)
    case .alreadyEnrolled: self.init(.usage, .alreadyEnrolled)
    case .badCode: self.init(.refused, .badCode)
    case .badURL: self.init(.usage, .badURL)
    case .locked: self.init(.locked, .locked)
    case .wrongPassphrase: self.init(.locked, .wrongPassphrase)
    case .tooOpen: self.init(.locked, .tooOpen)
    case .noKeyring: self.init(.locked, .noKeyring)
    case .keyFileMissing: self.init(.damaged, .keyFileMissing)
    case .keyFileDamaged: self.init(.damaged, .keyFileDamaged)
    case .foreignKey: self.init(.damaged, .foreignKey)
    case .wrongRecoveryCode: self.init(.locked, .wrongRecoveryCode)
    case .damaged: self.init(.damaged, .damaged)
    case .offline(let reason): self.init(.offline, .offline, reason)
    case .refused(let name): self.init(.refused, .refused, name)
    case .bundle(let problem): self.init(problem, file: "")
    case .recordExists: self.init(.usage, .recordExists)
    case .accessEnded: self.init(.refused, .accessEndedShort)
    case .leaseOver: self.init(.leaseOver, .leaseOver, "–")
    case .other("tooLarge"): self.init(.usage, .textTooLarge)
    case .other(let text): self.init(.other, .otherError, text)
    }
  }
}
