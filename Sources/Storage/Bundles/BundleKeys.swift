public import CRDT
public import WireProtocol

/// What a tenant opens and signs bundles with, for a command beside the server: read from the tenant's
/// folder, and nothing is written there.
public struct TenantBundleKeys: Sendable {
  /// The tenant.
  public let tenant: Identifier
  /// Signs delivery bundles.
  public let signingKey: SigningKey

  /// Reads the keys of the tenant in a folder, whether it is served or not.
  ///
  /// - Throws: `StorageError`, such as `missing`.
  public init(directory: String) throws {
    let paths = ServerPaths(directory)
    guard PrivateFiles.exists(paths.database) else { throw StorageError(.missing) }
    let keys = try TenantKeys(readFrom: paths.keys)
    let database = try DatabaseFile.copier(paths.database, .server)
    let found = try StorageError.translating {
      defer { try? database.close() }
      return try database.inDatabase { try ServerStore.readTenant($0, keys) }
    }
    tenant = found.id
    signingKey = found.signingKey
  }

  /// Begins to open a push bundle.
  ///
  /// - Throws: `BundleError`: `wrongKind`, `otherTenant`, `damaged`.
  public func open(_ reader: BundleReader) throws {
    guard reader.header.kind == .push else { throw BundleError(.wrongKind) }
    guard reader.header.tenant == tenant else { throw BundleError(.otherTenant) }
    try reader.open(.push, secret: signingKey.tenantAgreementSecret)
  }
}

extension DeviceKeys {
  /// Begins to open a delivery bundle.
  ///
  /// - Throws: `BundleError`: `wrongKind`, `damaged`.
  public func open(_ reader: BundleReader) throws { try reader.open(.delivery, secret: agreementSecret) }
}
