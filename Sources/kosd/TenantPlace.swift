import ArgumentParser

/// Where all of a tenant's files are.
struct TenantPlace: ParsableArguments {
  @Option(help: "The tenant's folder.")
  var data: String
  @Option(help: "The database of the records' keys, apart from the folder; DIR.keys unless told.")
  var keys: String?
  @Option(help: "The ledger's file, apart from the folder; DIR.ledger unless told.")
  var ledger: String?
}
