import ArgumentParser
import SyncClient

/// One's own devices.
struct Device: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Your own devices.", subcommands: [DeviceAdd.self])
}
