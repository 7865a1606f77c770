/// Why a bundle's file could not be read or written.
public struct BundleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Hashable, Sendable, CaseIterable {
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
    /// It goes the other way: a push where a delivery belongs, or the other way round.
    case wrongKind
    /// It is for another tenant.
    case otherTenant
    /// It is for another device, or for an actor that this one has left.
    case otherDevice
    /// It is not what was written, from `offset` on; or it is sealed to another key.
    case damaged
    /// The disk is full.
    case diskFull
    /// The disk failed.
    case inputOutput
  }

  /// What is wrong.
  public let code: Code
  /// Where in the file what does not fit begins, in bytes from its start; `nil` where that says nothing.
  public let offset: Int?

  /// Makes an error.
  public init(_ code: Code, at offset: Int? = nil) {
    self.code = code
    self.offset = offset
  }

  /// What a store's error means for a file.
  init(_ error: StorageError) {
    let code: Code =
      switch error.code {
      case .missing: .missing
      case .exists: .exists
      case .diskFull: .diskFull
      case .notAccessible, .tooOpen: .notAccessible
      default: .inputOutput
      }
    self.init(code)
  }

  static func translating<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StorageError { throw BundleError(error) }
  }

  public var description: String { code.rawValue + (offset.map { " at byte \($0)" } ?? "") }
}
