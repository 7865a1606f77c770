import ArgumentParser
import SyncServer

/// `kosd card`: by what other tenants know this one.
struct Card: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Print the card by which others hand cases over to a tenant, which nobody serves meanwhile.")

  @OptionGroup var place: TenantPlace
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      let card = try TenantTransfers.card(of: place.data, keys: place.keys, ledger: place.ledger)
      print(
        json
          ? #"{"card":"\#(card.text)","fingerprint":"\#(card.fingerprint)"}"#
          : "\(card.text)\nCompare this with them by another way: \(card.fingerprint)")
    }
  }
}

/// `kosd transfer`: cases that go to another tenant, and come from one.
struct Transfer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer", abstract: "Hand cases over to another tenant; nobody serves either meanwhile.",
    subcommands: [TransferSend.self, TransferReceive.self])
}

/// `kosd transfer send`: the cases that two leaders moved.
struct TransferSend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Write the cases that two leaders moved to a tenant into a file that it alone can open.")

  @OptionGroup var place: TenantPlace
  @Option(help: "The other tenant's card.")
  var to: String
  @Option(help: "The file to make; there must be none of that name.")
  var out: String
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      let report = try TenantTransfers.send(
        of: place.data, keys: place.keys, ledger: place.ledger, to: to, file: out)
      print(json ? report.json : report.sent(as: out))
    }
  }
}

/// `kosd transfer receive`: takes cases over.
struct TransferReceive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive",
    abstract: "Take over the cases in a file that another tenant wrote; again changes nothing.")

  @Argument(help: "The file, as kosd transfer send made it.")
  var file: String
  @OptionGroup var place: TenantPlace
  @Option(help: "The card of the tenant that wrote it.")
  var from: String
  @Flag(help: "Only look whether the file is whole, and what would come of it.")
  var dryRun = false
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      var told = 0
      let report = try TenantTransfers.receive(
        file, into: place.data, keys: place.keys, ledger: place.ledger, from: from,
        isDryRun: dryRun
      ) { done, size in
        let percent = size > 0 ? done * 100 / size : 100
        guard !json, percent >= told + 10 else { return }
        told = percent
        say("kosd transfer receive: \(percent) % of \(size) changes")
      }
      print(json ? report.json : report.received)
    }
  }
}
