import Testing

extension House {
  /// A device sends a note, is put back to before it, and writes another one in its place: when it connects
  /// next, its journal is found to have forked.
  func putBackAndWrite(at station: Workstation) throws {
    let backup = station.replica
    try exchange.write([note("sent and forgotten")], at: station)
    try exchange.sync(station)
    let token = station.replica.token
    station.replica = backup
    station.replica.token = token
    try exchange.write([note("written in its place")], at: station)
  }

  /// The same, and it was found.
  func fork(_ station: Workstation) throws {
    try putBackAndWrite(at: station)
    #expect(try exchange.sync(station).last == "< failure FORKED")
  }
}
