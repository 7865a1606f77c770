public import CRDT
public import CaseModel
import WireProtocol

/// What somebody asks of the server about devices and people.
public enum DeviceRequest: Hashable, Sendable {
  /// Which devices one has, and whom one may end.
  case list
  /// To end the access of a device.
  case revoke(device: Identifier, RevocationReason)
  /// To end the access of a person, with all her devices.
  case end(person: Identifier, RevocationReason)
}

extension ClientSession {
  /// Asks about devices and people.
  public mutating func ask(_ request: DeviceRequest) throws -> [Action] {
    guard case .open = state else { return [] }
    switch request {
    case .list:
      listing = []
      return [try askForPage()]
    case .revoke(let device, let reason):
      return [try revoke(reason) { $0.device = .init(device.bytes) }]
    case .end(let person, let reason):
      return [try revoke(reason) { $0.person = .init(person.bytes) }]
    }
  }

  private func revoke(_ reason: RevocationReason, _ fill: (inout WireRevocationRequest) -> Void) throws
    -> Action
  {
    var request = WireRevocationRequest()
    request.request = Self.request
    request.reason = reason.message
    fill(&request)
    return try send { $0.revocation = request }
  }

  private func askForPage() throws -> Action {
    try send {
      $0.directory = .with {
        $0.request = Self.request
        $0.skip = UInt32(clamping: listing?.count ?? 0)
      }
    }
  }

  /// One such request waits at a time.
  private static let request: UInt64 = 1

  /// A page of the directory came in. A server that gives empty pages without an end gets nowhere.
  mutating func received(_ page: WireDirectory) throws -> [Action] {
    guard let before = listing, page.request == Self.request else { throw ProtocolError(.unexpected) }
    guard page.complete || !page.persons.isEmpty else { throw ProtocolError.malformed }
    guard page.persons.allSatisfy({ $0.devices.count <= Limits.directoryDevices }),
      before.count + page.persons.count <= Limits.directoryPersons
    else { throw ProtocolError(.limitExceeded) }
    let known = before + (try page.persons.map(DirectoryEntry.init))
    listing = page.complete ? nil : known
    return page.complete ? [.report(.listed(known))] : [try askForPage()]
  }
}
