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
      case .ledgerExists:
        """
        There is a ledger beside \(directory) already, or where --ledger points. Nothing was changed; a new \
        tenant begins a ledger of its own.
        """
      case .ledgerDamaged:
        "The ledger is damaged: an entry in the middle is not what was written. Nothing was changed. "
          + Self.ledgerHelp
      case .ledgerForeign:
        "The ledger is another tenant's, or does not go on where the database ends. Nothing was changed. "
          + Self.ledgerHelp
      case .ledgerBehind:
        "The ledger is an older copy: the database knows entries that it lacks. Nothing was changed. "
          + Self.ledgerHelp
      case .ledgerNewer:
        "A newer kosd wrote into the ledger what this one cannot carry out. Nothing was changed."
      case .ledgerKeyMissing:
        "The ledger has changes of rights that the database has forgotten, and the keys to open them are not "
          + "there: the keys of the records are an older copy (\(error)). Nothing was changed. "
          + Self.ledgerKeysHelp
      case .keysExist:
        """
        There are keys of records beside \(directory) already, or where --keys points. Nothing was changed.
        """
      case .keysMissing:
        "The keys of the records, or the key that opens them, are not where they should be. Nothing was "
          + "changed. " + Self.keysHelp
      case .keysForeign: "The keys of the records are another tenant's. Nothing was changed. " + Self.keysHelp
      case .keyMissing:
        """
        The keys of the records are an older copy than the tenant in \(directory): at least one is missing \
        (\(error)). Nothing was changed.
        """ + " " + Self.keysHelp
      case .foreignKey:
        "The keys of the records are wrapped with a key that the wrapping file does not have. Nothing was "
          + "changed. " + Self.keysHelp
      default: "The tenant in \(directory) cannot be opened: \(error)."
      }
  }

  private static let ledgerHelp =
    """
    Put its newest copy in its place. Without one, keep the file elsewhere and start without it: the tenant \
    is then in recovery until a leader ends that.
    """

  private static let keysHelp =
    """
    Put the newest copy of the key database and its wrapping file in their place, from a backup with: \
    kosd keys restore. Where the newest is too old, restore a backup of the tenant that is older than it: \
    devices give back what came since.
    """

  private static let ledgerKeysHelp =
    """
    Put the newest copy of the key database and its wrapping file in their place, from a backup with: \
    kosd keys restore. Where no copy has them, keep the ledger elsewhere and start without it: the tenant is \
    then in recovery until a leader ends that.
    """

  static func translating<Result>(_ directory: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      throw StartFailure(error, directory: directory)
    }
  }
}
