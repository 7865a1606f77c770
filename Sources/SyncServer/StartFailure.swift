import Storage

/// Why a tenant could not be made or served, or not any longer, in words for whoever runs the server.
public struct StartFailure: Error, Sendable, CustomStringConvertible {
  /// What is wrong, what became of it, and what to do.
  public let description: String

  init(_ description: String) { self.description = description }

  init(_ error: StorageError, directory: String) {
    description =
      switch error.code {
      case .missing: "There is no tenant in \(directory). Make one with: kosd init --data DIR --tenant NAME"
      case .exists: "There is a tenant in \(directory) already. Nothing was changed."
      case .inUse: "Another kosd has the tenant in \(directory) open. Nothing was changed."
      case .newerSchema:
        "A newer kosd wrote the tenant in \(directory). Nothing was changed; serve it with the newer one."
      case .olderSchema:
        """
        An early version of kosd wrote the tenant in \(directory), which this one cannot read. \
        Nothing was changed.
        """
      case .foreignFile: "\(directory)/tenant.db is no tenant's database. Nothing was changed."
      case .damaged:
        "The tenant in \(directory) is damaged (\(error)). Keep a copy of the folder before you try anything."
      case .notAccessible:
        """
        The files of the tenant in \(directory) cannot be read and written by this user (\(error)). \
        Look at their modes, and whether the folder above exists.
        """
      case .tooOpen: "Others than their owner may read the tenant's keys in \(directory). Give them mode 600."
      case .inputOutput, .mustReopen:
        """
        The disk that holds \(directory) failed (\(error)). What was acknowledged is kept; start kosd again, \
        and look at the disk.
        """
      case .diskFull: "The disk that holds \(directory) is full."
      default: "The tenant in \(directory) cannot be opened: \(error)."
      }
  }

  static func translating<Result>(_ directory: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      throw StartFailure(error, directory: directory)
    }
  }
}
