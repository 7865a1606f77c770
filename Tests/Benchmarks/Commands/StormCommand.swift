import ArgumentParser
import CRDT
import WireProtocol

/// `storm`: many devices set one field at the same time, and every value is kept (B3.1 of crdt-benchmarks).
struct StormCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "storm", abstract: "Merge 1,549 concurrent values of one field into one record, keeping all."
  )

  @Option(help: "How many devices.")
  var devices = 1_549

  func run() throws {
    let storm = FieldStorm(devices: devices)
    let clock = ContinuousClock()
    var snapshot = RecordSnapshot(record: storm.record)
    let merge = try clock.measure { snapshot = try storm.merged() }
    guard snapshot.state.values(FieldStorm.field).count == devices else {
      throw BenchmarkError(description: "a value is missing")
    }
    var encoded: [UInt8] = []
    let encode = clock.measure { encoded = snapshot.encoded }
    let load = try clock.measure { _ = try RecordSnapshot(encoded: encoded) }
    var figures = Figures("storm")
    figures.add("values", devices)
    figures.add("merge_ms", merge.milliseconds)
    figures.add("encode_ms", encode.milliseconds)
    figures.add("load_ms", load.milliseconds)
    figures.add("update_bytes", storm.packed.count)
    figures.add("state_bytes", encoded.count)
    figures.print()
  }
}
