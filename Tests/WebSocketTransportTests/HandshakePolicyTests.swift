import Testing

@testable import WebSocketTransport

@Suite struct HandshakePolicyTests {
  private let policy = HandshakePolicy(subprotocol: "kos.test", allowedOrigins: ["https://kos.example"])

  private let good = HandshakeRequest(
    isGet: true, upgrade: "websocket", version: "13", key: "dGhlIHNhbXBsZSBub25jZQ==", origin: nil,
    subprotocols: "other, kos.test")

  private func judge(_ change: (inout HandshakeRequest) -> Void) -> HandshakePolicy.Verdict {
    var request = good
    change(&request)
    return policy.judge(request)
  }

  @Test func aNativeClientIsLetIn() {
    #expect(policy.judge(good) == .accept)
    #expect(judge { $0.upgrade = "WebSocket" } == .accept)
    #expect(judge { $0.origin = "https://kos.example" } == .accept)
  }

  @Test(arguments: [
    "https://kos.example.evil", "http://kos.example", "https://kos.example:444", "null",
    "https://KOS.example",
    "https://kos.example/", "https://evil", "https://kos.example, https://kos.example", "\u{0}", " ", "*",
    "https://kos.example\t",
  ])
  func aForeignOriginIsForbidden(origin: String) {
    #expect(judge { $0.origin = origin } == .reject(.forbidden))
  }

  @Test func otherUpgradesGetNoAnswer() {
    for upgrade in ["h2c", "nonsense", "websocket, h2c", "", nil] {
      #expect(judge { $0.upgrade = upgrade } == .hangUp)
    }
    #expect(judge { $0.isGet = false } == .hangUp)
  }

  @Test func otherVersionsAreToldWhich() {
    for version in ["8", "12", "14", "013", "13, 8", nil] {
      #expect(judge { $0.version = version } == .reject(.upgradeRequired))
    }
  }

  @Test func brokenKeysAndSubprotocols() {
    for key in [
      "", "short", "dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j\"Q==", nil,
    ] {
      #expect(judge { $0.key = key } == .reject(.badRequest))
    }
    for list in ["", ",", "kos.testx", "kos", "KOS.TEST", "other,another", nil] {
      #expect(judge { $0.subprotocols = list } == .reject(.otherSubprotocol("kos.test")))
    }
  }
}
