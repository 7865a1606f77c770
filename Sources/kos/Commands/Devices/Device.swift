import ArgumentParser
import SyncClient

/// One's own devices.
struct Device: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Enheder: dine egne, og deres, hvis adgang du må afslutte.",
      "Devices: your own, and of those whose access you may end."
    ).said,
    subcommands: [DeviceList.self, DeviceAdd.self, DeviceConfirm.self, DeviceRevoke.self])
}
