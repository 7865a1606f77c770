/// The keys of a client's store: the one that it is sealed under now, and those that it was sealed under
/// before, as long as something may still be.
public struct StoreKeys: Sendable {
  /// How many keys there may be; a store is sealed anew before there are more.
  static let countMax = 8

  /// The newest first; never empty.
  private let keys: [StoreKey]

  private init(_ keys: [StoreKey]) { self.keys = keys }

  /// Keys drawn from the system's generator.
  public static func generated() throws -> StoreKeys { StoreKeys([try .generated()]) }

  /// Keys of known secrets of 32 bytes each, the newest first.
  ///
  /// - Throws: `StorageError` `damaged` when there is none, too many, or one of another size.
  public init(secrets: [[UInt8]]) throws {
    guard !secrets.isEmpty, secrets.count <= Self.countMax else { throw StorageError(.damaged) }
    keys = try secrets.map { try StoreKey(secret: $0) }
  }

  /// The secrets, the newest first.
  var secrets: [[UInt8]] { keys.map(\.secret) }

  /// What is sealed from now on is sealed under a new key; what was sealed before can be opened.
  ///
  /// - Throws: `StorageError` `tooLarge` when there are too many keys: seal the store anew and forget the
  ///   older ones.
  public func rotated() throws -> StoreKeys {
    guard keys.count < Self.countMax else { throw StorageError(.tooLarge) }
    return StoreKeys([try .generated()] + keys)
  }

  /// The newest alone, once a store was sealed anew under it.
  public var withoutOlder: StoreKeys { StoreKeys([current]) }

  /// The one that seals.
  var current: StoreKey { keys[0] }

  /// The one that sealed something; `nil` when it is not here.
  func key(_ id: UInt32) -> StoreKey? { keys.first { $0.id == id } }
}
