import ArgumentParser
import SyncClient

/// One's own devices.
struct Device: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase("Dine egne enheder.", "Your own devices.").said,
    subcommands: [DeviceAdd.self, DeviceConfirm.self])
}
