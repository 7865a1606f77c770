import ArgumentParser
import SyncServer

/// `kosd keys`: the keys that the server seals records with.
struct Keys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "The keys that records are sealed with: their backups, and what wraps them.",
    subcommands: [KeysBackup.self, KeysRestore.self, KeysRotate.self, KeysErased.self])
}

/// Where a tenant's record keys are.
struct KeysPlace: ParsableArguments {
  @Option(help: "The tenant's folder.")
  var data: String
  @Option(help: "The database of the records' keys, apart from the folder; DIR.keys unless told.")
  var keys: String?
}

/// `kosd keys backup`: a checked, sealed copy of the keys, which `kosd backup` leaves out.
struct KeysBackup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the keys of a tenant's records, open each, and write them sealed; it may be served.")

  @OptionGroup var place: KeysPlace
  @Option(help: "The file to make; there must be none of that name. Keep it apart from the tenant's backups.")
  var to: String
  @Option(help: "A file with what the backup is sealed with; its owner alone may read it.")
  var keyFile: String
  @Option(help: "After how many days you remove the file: as long, it opens what is erased meanwhile.")
  var keepDays: Int = 35
  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard (1...TenantRecordKeys.keptDaysMax).contains(keepDays) else {
      throw ValidationError("--keep-days takes 1 to \(TenantRecordKeys.keptDaysMax).")
    }
  }

  func run() async throws {
    try await complaining {
      let report = try TenantRecordKeys.backUp(
        of: place.data, keys: place.keys, to: to, keyFile: keyFile, keptDays: keepDays)
      print(json ? report.json : report.text(of: "Backup of keys \(to)"))
    }
  }
}

/// `kosd keys restore`: the keys from a backup.
struct KeysRestore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Restore the keys of a tenant's records where there are none.")

  @Option(help: "The backup's file.")
  var from: String
  @OptionGroup var place: KeysPlace
  @Option(help: "The file with what the backup was sealed with.")
  var keyFile: String
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      let report = try TenantRecordKeys.restore(
        from: from, to: place.data, keys: place.keys, keyFile: keyFile)
      print(json ? report.json : report.text(of: "Restored keys"))
    }
  }
}

/// `kosd keys erased`: which records were erased, and until when a backup can open them.
struct KeysErased: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erased",
    abstract: "List the records whose keys were destroyed, and when the last backup of each key is gone.")

  @OptionGroup var place: KeysPlace
  @Flag(help: "Print one JSON object a record.")
  var json = false

  func run() async throws {
    try await complaining {
      let erased = try TenantRecordKeys.erased(in: place.data, keys: place.keys)
      for one in erased { print(json ? one.json : one.text) }
      if erased.isEmpty, !json { print("No record was erased.") }
    }
  }
}

/// `kosd keys rotate`: a new key in the place of the one that wraps the records' keys.
struct KeysRotate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "Wrap the keys of a tenant's records with a new key and forget the old one; it may be served.")

  @OptionGroup var place: KeysPlace
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      let count = try TenantRecordKeys.rotate(in: place.data, keys: place.keys)
      print(
        json
          ? #"{"rewrapped":\#(count)}"# : "\(count) keys are wrapped with a new key; the old one is gone.")
    }
  }
}
