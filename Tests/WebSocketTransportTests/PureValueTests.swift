import Testing

@testable import WebSocketTransport

@Suite struct PureValueTests {
  /// The numbers that were chosen for reasons; a change of one is a decision, not an accident.
  @Test func defaultLimits() {
    let limits = ConnectionLimits()
    #expect(limits.preAuthenticationMessageBytes == 4096)
    #expect(limits.preAuthenticationMessages == 2)
    #expect(limits.authentication == .seconds(5))
    #expect(limits.messageBytes == 262_144)
    #expect(limits.fragmentsPerMessage == 64)
    #expect(limits.messageCompletion == .seconds(30))
    #expect(limits.messageBytesPerSecond == 1024)
    #expect(limits.outgoingQueueBytes == 1_048_576)
    #expect(limits.outgoingQueueMessages == 1000)
    #expect(limits.unauthenticatedConnectionsPerAddress == 20)
    #expect(limits.controlFramesPerSecond == 10)
    #expect(limits.ping == .seconds(20))
    #expect(limits.hangup == .seconds(30))
  }

  @Test func queueKeepsOrderAndBounds() {
    var queue = OutgoingQueue(bytesMax: 10, messagesMax: 3)
    expect(queue.append([1, 1, 1, 1]), true)
    expect(queue.append([2, 2, 2, 2]), true)
    expect(queue.append([3, 3, 3]), false)
    expect(queue.append([]), true)
    expect(queue.append([]), false)
    #expect(queue.byteCount == 8)
    expect(queue.popFirst(), [1, 1, 1, 1])
    expect(queue.append([3, 3, 3]), true)
    expect(queue.popFirst(), [2, 2, 2, 2])
    expect(queue.popFirst(), [])
    expect(queue.popFirst(), [3, 3, 3])
    expect(queue.popFirst(), nil)
    #expect(queue.byteCount == 0)
  }

  @Test func queueIsAQueueForAThousandMessages() {
    var queue = OutgoingQueue(bytesMax: 1 << 20, messagesMax: 1000)
    var next: UInt8 = 0
    for round in 0..<1000 {
      expect(queue.append([UInt8(truncatingIfNeeded: round)]), true)
      if round % 3 == 0 {
        expect(queue.popFirst(), [next])
        next &+= 1
      }
    }
    while let message = queue.popFirst() {
      #expect(message == [next])
      next &+= 1
    }
    #expect(queue.isEmpty)
  }

  @Test func ledgerSaysFullOnceAndClearedOnce() {
    var limits = ConnectionLimits()
    limits.outgoingQueueBytes = 100
    let ledger = BacklogLedger(limits: limits)
    let id = ConnectionID(rawValue: 1)
    #expect(ledger.posted(50, to: id))
    #expect(!ledger.posted(1, to: id))
    #expect(!ledger.wrote(1, byteCount: 20, to: id))
    #expect(ledger.wrote(1, byteCount: 31, to: id))
    #expect(ledger.posted(50, to: id))
  }

  /// The library's sentences, as version 4.1.6 has them.
  @Test(
    arguments: [
      ("HS: ws upgrade response not 101", 400, .subprotocolRefused),
      ("HS: PROTOCOL malformed", 101, .subprotocolRefused),
      ("HS: ws upgrade response not 101", 404, .handshakeRejected),
      ("HS: ACCEPT missing", 101, .handshakeRejected), ("conn fail: 111", 0, .connectionRefused),
    ] as [(String, Int, TransportError.Code)])
  func whyNothingWasConnected(text: String, status: Int, code: TransportError.Code) {
    #expect(ConnectFailure.error(text, status: status).code == code)
  }

  @Test func addresses() throws {
    let mapped = try #require(PeerAddress("::ffff:192.0.2.7"))
    #expect(mapped == PeerAddress("192.0.2.7"))
    #expect("\(mapped)" == "<peer address>")
    #expect(PeerAddress("192.0.2") == nil)
    #expect(PeerAddress("127.9.9.9")?.isLoopback == true)
    #expect(PeerAddress("::1")?.isLoopback == true)
    #expect(PeerAddress("0.0.0.0")?.isLoopback == false)
  }

  @Test func networks() throws {
    let network = try #require(NetworkPrefix("192.0.2.130/25"))
    #expect(PeerAddress("192.0.2.255").map(network.contains) == true)
    #expect(PeerAddress("192.0.2.127").map(network.contains) == false)
    #expect(PeerAddress("::1").map(network.contains) == false)
    let everything = try #require(NetworkPrefix("::/0"))
    #expect(PeerAddress("2001:db8::1").map(everything.contains) == true)
    for wrong in ["", "/8", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.0/", "x/8", "::/129"] {
      #expect(NetworkPrefix(wrong) == nil, "\(wrong)")
    }
  }

  @Test func censusCountsASubscriberNotAnAddress() throws {
    let network = ServerConfiguration.NetworkLimit(
      network: try #require(NetworkPrefix("198.51.100.0/24")), unauthenticatedConnectionsPerAddress: 3)
    var census = AddressCensus(limit: 1, exceptions: [network])
    let one = try #require(PeerAddress("2001:db8::1"))
    let neighbour = try #require(PeerAddress("2001:db8::2"))
    let other = try #require(PeerAddress("2001:db8:0:1::1"))
    census.enter(one)
    #expect(!census.admits(neighbour))
    #expect(census.admits(other))
    census.leave(one)
    #expect(census.admits(neighbour))
    #expect(census.addressCount == 0)
    let municipality = try #require(PeerAddress("198.51.100.9"))
    census.enter(municipality)
    census.enter(municipality)
    #expect(census.admits(municipality))
    census.enter(municipality)
    #expect(!census.admits(municipality))
  }

  @Test func libraryLinesLoseWhatIsPersonal() {
    let line = "wsi 0x1: peer 192.0.2.7:443 and ::ffff:c000:207 asked for \"secret name\" \u{1b}[2J here"
    let clean = LibraryLogLine.redacted(line)
    #expect(clean == "wsi 0x1: peer <address> and <address> asked for <quoted> [2J here")
  }

  @Test func closeCodesForTheWire() {
    #expect(CloseCode.normal.isSendable)
    #expect(CloseCode(rawValue: 4001).isSendable)
    for code: UInt16 in [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000] {
      #expect(!CloseCode(rawValue: code).isSendable)
    }
  }

  @Test func urls() throws {
    let plain = try WebSocketURL("ws://127.0.0.1:8080/sync?x=1")
    #expect(plain.host == "127.0.0.1" && plain.port == 8080 && plain.path == "/sync?x=1" && !plain.isSecure)
    let secure = try WebSocketURL("wss://[::1]")
    #expect(secure.host == "::1" && secure.port == 443 && secure.path == "/" && secure.hostHeader == "[::1]")
    for wrong in [
      "", "http://a/", "ws://", "ws://a:0/", "ws://a:65536/", "ws://a:+1/", "ws://u@a/", "ws://a/#x",
      "ws://a b/",
      "ws://a/\r\nX: y", "ws://[::1", "ws://[::1]x/", "ws://a:/",
    ] {
      #expect(throws: TransportError.self) { try WebSocketURL(wrong) }
    }
  }
}
