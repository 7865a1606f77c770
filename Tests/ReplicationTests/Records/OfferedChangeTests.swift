import CRDT
import Replication
import Testing
import WireProtocol

/// What a change that is offered says of what it stands for.
@Suite struct OfferedChangeTests {
  private static let record = Identifier(high: 3, low: 3)

  private func header(originDigest: Digest?) -> ChangeHeader {
    ChangeHeader(
      record: Self.record, id: ChangeID(actor: ActorID(rawValue: 2), number: 1), author: Self.record,
      writtenAt: 5, version: VersionVector(), originDigest: originDigest)
  }

  private func origin() -> ChangeOrigin {
    let header = ChangeHeader(
      record: Self.record, id: ChangeID(actor: ActorID(rawValue: 1), number: 1), author: Self.record,
      writtenAt: 4, version: VersionVector())
    return ChangeOrigin(
      header: header,
      previous: Chain.start(tenant: Self.record, record: Self.record, actor: header.id.actor), stamp: nil)
  }

  /// A void change too is stored with it; one without would be in a server's log what cannot be there.
  @Test(arguments: [false, true])
  func aChangeComesWithWhatItStandsForOrStandsForNothing(isAccepted: Bool) throws {
    let seal = Seal(epoch: Self.record, sealedPosition: 1, mac: Self.record)
    let digest = origin().digest(ofPayload: [])
    for (named, given) in [(nil, nil), (digest, origin()), (digest, nil), (nil, origin())]
      as [(Digest?, ChangeOrigin?)]
    {
      let change = EncodedChange(header: header(originDigest: named), payload: [], origin: given)
      var message = OfferedChange(
        change: change, previous: digest, payloadDigest: isAccepted ? nil : digest,
        stamp: ChangeStamp(receivedAt: 6, isAccepted: isAccepted, seal: seal)
      ).message
      if named == nil, let given {
        message.origin = given.message(of: header(originDigest: digest))
      }
      if (named == nil) == (given == nil) {
        #expect(try OfferedChange(message).change == change)
      } else {
        #expect(throws: ProtocolError.malformed) { try OfferedChange(message) }
      }
    }
  }
}
