import CRDT
import CaseModel
import SyncClient

extension Session {
  /// Oneself and whom one may end, with their devices; oneself first.
  func directory() async throws -> [PersonListing] {
    try await replica.directory(passphrase: passphrase)
  }

  /// The person of the directory whom a word names: a name, an id, or a prefix of one.
  func listed(_ word: String, in directory: [PersonListing]) throws -> PersonListing {
    let name = word.lowercased()
    let named = directory.filter { $0.name.lowercased() == name }
    let found =
      named.isEmpty && word.count >= 4
      ? directory.filter { $0.person.description.hasPrefix(name) } : named
    guard let first = found.first else { throw Failure(.usage, .notAmongYours, word) }
    guard found.count == 1 else { throw Failure(.usage, .severalPeople, word) }
    return first
  }

  /// The device of a person that a word names: `this`, a name, an id, or a prefix of one.
  func device(_ word: String, of person: PersonListing?) throws -> DeviceListing {
    let devices = person?.devices ?? []
    if word == "this", let here = devices.first(where: \.isThisOne) { return here }
    let name = word.lowercased()
    let named = devices.filter { $0.name.lowercased() == name }
    let found =
      named.isEmpty && word.count >= 4 ? devices.filter { $0.id.description.hasPrefix(name) } : named
    guard let first = found.first else { throw Failure(.usage, .noSuchDevice, word) }
    guard found.count == 1 else { throw Failure(.usage, .severalDevices, word) }
    return first
  }

  /// Says that devices wait for this person to confirm them.
  func tellDevices(_ summary: ReplicaSummary) {
    guard summary.devicesWaiting > 0 else { return }
    output.notice(output.say(.devicesWait, String(summary.devicesWaiting)))
  }

  /// How this device comes to be confirmed; `nil` when it is.
  func confirmation(_ summary: ReplicaSummary) -> String? {
    summary.confirmation.map {
      output.say(summary.isNewDevice ? .unconfirmedNew : .unconfirmed, $0, serverAddress)
    }
  }

  /// The server as people read it out: whoever led somebody to another one has another address.
  var serverAddress: String { ServerAddress.spoken(replica.profile.serverURL) }

  /// Why somebody's access ends.
  func reason(_ word: String) throws -> RevocationReason {
    if let reason = RevocationReason(name: word.lowercased()) { return reason }
    throw Failure(
      .usage, .noSuchReason, word, RevocationReason.allCases.map(\.name).joined(separator: ", "))
  }

  /// Ends somebody's access, and says what to look at when the server does not.
  func ending(_ body: () async throws -> Int) async throws -> Int {
    do {
      return try await body()
    } catch let error as ReplicaError where error.code == .refused(name: "NOT_PERMITTED") {
      throw Failure(.refused, .notARemoval)
    }
  }
}
