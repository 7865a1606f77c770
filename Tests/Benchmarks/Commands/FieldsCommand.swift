import ArgumentParser

/// `fields`: updates on the fields of records, each one change; then every change merged into fresh replicas.
struct FieldsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields", abstract: "Edit and merge 10,000 field updates in memory.")

  func run() throws {
    let replay = FieldReplay()
    let clock = ContinuousClock()
    let start = clock.now
    let written = try replay.edit()
    let edit = clock.now - start
    let single = replay.packed(written.changes, by: 1)
    let batches = replay.packed(written.changes, by: FieldUpdates.updatesPerRecord)
    var areEqual = true
    let mergeSingle = try clock.measure { areEqual = try replay.merge(single) == written.states }
    let mergeBatch = try clock.measure { areEqual = try replay.merge(batches) == written.states && areEqual }
    guard areEqual else { throw BenchmarkError(description: "merged differently") }
    var figures = Figures("fields")
    figures.add("updates", FieldUpdates.total)
    figures.add("edit_per_s", edit.rate(of: FieldUpdates.total))
    figures.add("merge_per_s", mergeSingle.rate(of: FieldUpdates.total))
    figures.add("merge_batch_per_s", mergeBatch.rate(of: FieldUpdates.total))
    figures.add(
      "bytes_per_update", Double(try replay.pushBytes(written.changes)) / Double(FieldUpdates.total))
    figures.print()
  }
}
