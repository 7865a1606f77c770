/// Puts a new key in the place of the one that a tenant's record keys are wrapped with.
public enum KeyRotation {
  /// Wraps every key anew; what they sealed is not touched. The tenant may be served meanwhile, and one that
  /// was interrupted is carried on.
  ///
  /// - Parameters:
  ///   - directory: the tenant's folder.
  ///   - keys: the key database; `nil` for the one beside the folder.
  /// - Returns: how many keys were wrapped anew.
  /// - Throws: `StorageError`: `keysMissing`, `foreignKey`, `damaged`, `busy`, `diskFull`, `inputOutput`.
  public static func run(in directory: String, keys: String? = nil) throws -> Int {
    let database = try KeyDatabase(KeyPaths(ServerPaths(directory, keys: keys).recordKeys))
    defer { try? database.close() }
    return try database.rotate()
  }
}
