import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// The access of a device ends: it hands over what it has, wipes everything and is sent nothing; one that was
/// stolen is not even listened to.
@Suite struct RevocationTests {
  @Test(arguments: [RevocationReason.left, .replaced])
  func itHandsOverWhatItHasAndWipesEverything(reason: RevocationReason) throws {
    let place = try RevokedHouse()
    let station = place.house.psychologist
    let second = try place.secondDevice(of: station)
    try place.exchange.write([place.house.note("written at the kitchen table")], at: station)
    let by = reason == .left ? place.house.leader : second
    #expect(try place.revoke(station, as: reason, by: by) == .revoked(request: 1, devices: 1))
    #expect(place.left(station).count > 3)

    let lines = try place.exchange.sync(station)
    #expect(lines.contains("< welcome, journal 0, exit only"))
    let revocation = try #require(lines.firstIndex { $0.hasPrefix("< revocation") })
    let exit = try #require(lines.firstIndex { $0.hasPrefix("< exit") })
    #expect(revocation < exit)
    let delivery = try #require(lines.first { $0.hasPrefix("< delivery") })
    #expect(!delivery.contains(",") && lines.count { $0.hasPrefix("< delivery") } == 1)
    #expect(lines.contains("< verdicts 1, 1 ACCESS_ENDED waits"))
    #expect(lines.last { $0.hasPrefix("> ") }?.hasPrefix("> receipt") == true)
    #expect(station.replica.accessEnded?.reason == reason)
    #expect(station.takeReports().contains(.accessEnded))
    #expect(place.left(station).isEmpty && place.owed(station) == 0)
    #expect(station.replica.refused.isEmpty && station.replica.waiting.count == 1)
    let taken = place.exchange.server.store.log.filter(\.isAccepted).map(\.change.header.id.actor)
    #expect(!taken.contains(station.actor))
    // It may come again, and has nothing more to do.
    #expect(try !place.exchange.sync(station).contains { $0.hasPrefix("< exit") })
    // Another device of hers goes on.
    try place.exchange.sync(second)
    #expect(second.texts(.note, Field.Note.text) == [RevokedHouse.canary])
    #expect(station.faults.isEmpty && second.faults.isEmpty)
  }

  @Test(arguments: [RevocationReason.left, .stolen], [true, false])
  func aSessionThatRunsEndsWithTheCommit(reason: RevocationReason, writes: Bool) throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    for one in [station, house.leader, house.coordinator] { try exchange.connect(one) }
    exchange.run()
    _ = exchange.takeLines(station)
    let connection = try #require(station.connection)
    // In one group: the revocation first, then what somebody else wrote, and what the device itself did.
    try exchange.ask(.revoke(device: place.device(of: station), reason), by: house.leader)
    try exchange.write([house.note("after it")], at: house.coordinator)
    if writes { try exchange.write([house.note("its own")], at: station) }
    exchange.run()
    let lines = exchange.transcript(house.coordinator)
    #expect(lines.contains { $0.hasPrefix("< verdicts") })
    #expect(exchange.closed[connection] == (reason == .stolen ? .deviceRevoked : .retry))
    #expect(!station.texts(.note, Field.Note.text).contains("after it"))
    #expect(!station.received.contains { Bytes.occurs("after it", in: [$0]) })
    let wasTold = station.replica.accessEnded?.reason
    #expect(wasTold == (reason == .stolen ? .stolen : nil))
    #expect(place.left(station).isEmpty == (reason == .stolen))
    #expect(exchange.server.store.log.count { $0.change.header.id.actor == station.actor } == 0)
  }

  @Test func aStolenDeviceIsTurnedAwayAndWipesItself() throws {
    let place = try RevokedHouse()
    let station = place.house.psychologist
    let second = try place.secondDevice(of: station)
    try place.exchange.write([place.house.note("by the thief")], at: station)
    try place.revoke(station, as: .stolen, by: second)
    let token = place.exchange.server.directory.devices[station.actor]?.token
    let lines = try place.exchange.sync(station)
    #expect(
      lines == [
        "> hello", "< hello", "> authentication", "< revocation revocationStolen", "< failure DEVICE_REVOKED",
      ])
    #expect(station.takeReports() == [.failed(.deviceRevoked)])
    #expect(place.left(station).isEmpty)
    // Nothing of it was taken, nor was its session counted.
    #expect(place.exchange.server.directory.devices[station.actor]?.token == token)
    #expect(!place.exchange.server.store.log.contains { $0.change.header.id.actor == station.actor })
    try place.exchange.write([place.house.note("by herself")], at: second)
    try place.exchange.sync(second)
    #expect(second.replica.refused.isEmpty)
    #expect(second.texts(.note, Field.Note.text).contains(RevokedHouse.canary))
  }

  /// In the moment in which it is revoked it proves who it is.
  @Test(arguments: [RevocationReason.left, .stolen])
  func aSessionThatIsJustBeingOpenedIsCaughtToo(reason: RevocationReason) throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    try exchange.connect(house.leader)
    exchange.run()
    try exchange.connect(station)
    // Its authentication is on its way; it and the revocation come into one group, in this order.
    #expect(exchange.step())
    let commits = exchange.server.commits
    try exchange.ask(.revoke(device: place.device(of: station), reason), by: house.leader)
    #expect(exchange.step())
    #expect(exchange.server.commits == commits + 1)
    exchange.run()
    let lines = exchange.takeLines(station)
    #expect(lines.contains("< welcome, journal 0, exit only") == (reason == .left))
    #expect(place.left(station).isEmpty && !lines.contains { $0.contains("enters") })
    #expect(station.replica.accessEnded?.reason == reason)
  }

  /// A copy of the disk, made before, is the same device, whatever actor it goes on under.
  @Test(arguments: [RevocationReason.replaced, .stolen])
  func aCloneOfARevokedDeviceIsRevoked(reason: RevocationReason) throws {
    let place = try RevokedHouse()
    let station = place.house.psychologist
    let second = try place.secondDevice(of: station)
    let clone = Workstation(cloning: station)
    // The original goes on meanwhile, so that the clone is a fork.
    for _ in 0..<2 { try place.exchange.sync(station) }
    try place.revoke(station, as: reason, by: second)
    try place.exchange.write([place.house.note("by the clone")], at: clone)
    for _ in 0..<3 { try place.exchange.sync(clone) }
    #expect(place.left(clone).isEmpty)
    #expect(clone.replica.accessEnded?.reason == reason)
    let accepted = place.exchange.server.store.log.filter { $0.isAccepted }.map(\.change.header.id.actor)
    #expect(!accepted.contains(clone.actor))
    if reason == .replaced {
      #expect(clone.actor != station.actor && place.owed(clone) == 0)
      // Nobody can confirm it any more.
      let key = clone.signingKey.publicKey
      let digits = ConfirmationDigits.of(signingKey: key, tenant: place.exchange.tenant.id)
      try place.exchange.connect(second)
      place.exchange.run()
      _ = second.takeReports()
      try place.exchange.confirm(digits, by: second)
      place.exchange.run()
      #expect(second.takeReports() == [.refused(request: 9, .notPermitted)])
    } else {
      #expect(clone.actor == station.actor)
    }
  }

  /// Found by simulation (seed 3100284): what a copy handed over, and somebody brought in, waits no more.
  @Test func whatACopyHandedOverDoesNotWaitOnceItIsAccepted() throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    try exchange.write([house.note("handed over by the copy")], at: station)
    let copy = Workstation(cloning: station)
    try place.revoke(station, as: .left)
    try exchange.sync(copy)
    #expect(copy.replica.waiting.count == 1)
    let entry = try #require(try exchange.quarantine(of: house.coordinator).first)
    try house.coordinator.replica.accept(entry, at: exchange.clientTime)
    try exchange.sync(house.coordinator)
    for _ in 0..<3 { try exchange.sync(station) }
    #expect(station.actor != copy.actor && place.left(station).isEmpty)
    #expect(exchange.server.store.quarantine.waiting.isEmpty)
    #expect(station.replica.waiting.isEmpty && station.replica.refused.isEmpty)
    #expect(station.replica.pendingEntries(after: 0, limit: 1).isEmpty)
    let notes = house.coordinator.texts(.note, Field.Note.text)
    #expect(notes.filter { $0 == "handed over by the copy" }.count == 1)
  }

  /// What is on its way and was not confirmed is on the device all the same.
  @Test func whatTheServerDoesNotKnowOfIsWipedToo() throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    let note = exchange.identifier()
    try exchange.write([house.note("entered, never confirmed", id: note)], at: house.coordinator)
    try exchange.sync(house.coordinator)
    exchange.onFrame = { Line.of($0).hasPrefix("> delivered") ? [] : [$0] }
    try exchange.sync(station)
    exchange.onFrame = { [$0] }
    #expect(station.texts(.note, Field.Note.text).contains("entered, never confirmed"))
    try place.revoke(station, as: .left)
    let lines = try exchange.sync(station)
    #expect(lines.contains { $0.hasPrefix("> holdings") })
    #expect(place.left(station).isEmpty && place.owed(station) == 0)
    // And the server has its word that it was.
    #expect(exchange.server.store.wiped[station.actor]?[note] != nil)
  }

  @Test func theReceiptIsAskedForUntilItComes() throws {
    let place = try RevokedHouse()
    let station = place.house.psychologist
    try place.revoke(station, as: .left)
    place.exchange.onFrame = { Line.of($0).hasPrefix("> receipt") ? [] : [$0] }
    try place.exchange.sync(station)
    #expect(place.left(station).isEmpty && place.owed(station) > 2)
    place.exchange.onFrame = { [$0] }
    try place.exchange.sync(station)
    #expect(place.owed(station) == 0)
  }

  @Test func itMayAskForNothing() throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    let second = try place.secondDevice(of: station)
    try place.revoke(station, as: .replaced, by: second)
    try exchange.connect(station)
    exchange.run()
    _ = station.takeReports()
    try exchange.readHistories(of: [house.assessment], by: station)
    exchange.run()
    #expect(station.takeReports() == [.noHistory(house.assessment)])
    #expect(try place.asked(by: station, to: station) == nil)
    #expect(try place.ask(.list, by: station) == .refused(request: 1, .notPermitted))
    #expect(try place.revoke(second, as: .stolen, by: station) == .refused(request: 1, .notPermitted))
  }

  /// A device that is found to be stolen after it was replaced is turned away from then on; nothing else
  /// changes what was said once.
  @Test func whatEndedStaysAsItIsButForATheft() throws {
    let place = try RevokedHouse()
    let station = place.house.psychologist
    #expect(try place.revoke(station, as: .left) == .revoked(request: 1, devices: 1))
    #expect(try place.revoke(station, as: .left) == .revoked(request: 1, devices: 0))
    #expect(try place.revoke(station, as: .stolen) == .revoked(request: 1, devices: 1))
    #expect(try place.revoke(station, as: .left) == .revoked(request: 1, devices: 0))
    let device = try place.device(of: station)
    #expect(place.exchange.server.directory.revocations[device]?.reason == .stolen)
  }

  /// A server that was set back gets back what it had accepted, from a revoked device as well.
  @Test func whatCarriesAStampKeepsItsVerdict() throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    let before = exchange.server
    let note = exchange.identifier()
    try exchange.write([house.note("accepted, and lost with the disk", id: note)], at: station)
    try exchange.sync(station)
    exchange.server = before
    exchange.server.restart(seed: 77)
    try place.revoke(station, as: .left)
    try exchange.write([house.note("never accepted")], at: station)
    for _ in 0..<4 { try exchange.sync(station) }
    let log = exchange.server.store.log
    #expect(log.contains { $0.change.header.record == note && $0.isAccepted })
    #expect(place.left(station).isEmpty && station.replica.accessEnded?.reason == .left)
    try exchange.sync(house.coordinator)
    try exchange.sync(house.coordinator)
    #expect(house.coordinator.texts(.note, Field.Note.text).contains("accepted, and lost with the disk"))
    #expect(!house.coordinator.texts(.note, Field.Note.text).contains("never accepted"))
    #expect(station.faults.isEmpty)
  }

  @Test func aBundleOfItIsTakenAsItsSessionWouldBe() throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    try exchange.write([house.note("carried too late")], at: station)
    let bundle = try exchange.bundle(of: station)
    try place.revoke(station, as: .left)
    let reply = try exchange.take(bundle).reply
    #expect(
      reply.lines == [
        "< bundle", "< welcome, journal 0, exit only", "< verdicts 1, 1 ACCESS_ENDED waits", "< delivery 1",
      ])
    #expect(try exchange.receive(reply, at: station) == .taken)
    try place.revoke(station, as: .stolen)
    #expect(try exchange.take(exchange.bundle(of: station)).code == .deviceRevoked)
  }

  @Test func aServerInRecoveryEndsNobodysAccess() throws {
    let place = try RevokedHouse()
    let device = try place.device(of: place.house.psychologist)
    place.exchange.server.beginRecovery()
    for request in [DeviceRequest.list, .revoke(device: device, .left)] {
      #expect(try place.ask(request, by: place.house.leader) == .refused(request: 1, .inRecovery))
    }
  }
}
