import SyncClient

extension Failure {
  /// Says what is wrong with a bundle's file.
  init(_ problem: BundleProblem, file: String) {
    switch problem {
    case .missing: self.init(.usage, .bundleMissing, file)
    case .exists: self.init(.usage, .bundleExists, file)
    case .notAccessible: self.init(.usage, .bundleNotAccessible, file)
    case .foreignFile: self.init(.usage, .bundleForeign, file)
    case .newerVersion: self.init(.usage, .bundleNewer, file)
    case .wrongKind: self.init(.usage, .bundleWrongKind, file)
    case .otherTenant: self.init(.refused, .bundleOtherTenant, file)
    case .otherDevice: self.init(.refused, .bundleOtherDevice, file)
    case .damaged(let place): self.init(.usage, .bundleDamaged, file, String(place))
    case .diskFull: self.init(.other, .bundleDiskFull)
    case .inputOutput: self.init(.other, .bundleDiskFailed, file)
    case .noKey: self.init(.offline, .bundleNoKey)
    case .connected: self.init(.other, .bundleConnected)
    case .needsSession(let code): self.init(.offline, .bundleNeedsSession, code)
    }
  }
}
