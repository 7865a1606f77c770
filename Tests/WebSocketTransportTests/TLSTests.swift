import Testing
import WebSocketTransport

extension SocketTests {
  @Suite struct TLSTests {
    private func withServer(_ body: (TestServer, TestCertificates) async throws -> Void) async throws {
      let certificates = try TestCertificates()
      defer { certificates.remove() }
      let configuration = TestServer.configuration {
        $0.security = .tls(
          certificateFile: certificates.path("cert.pem"), privateKeyFile: certificates.path("key.pem"))
      }
      try await TestServer.with(configuration, reaction: TestServer.echo) { test in
        try await body(test, certificates)
      }
    }

    private func failure(
      _ test: TestServer, url: String, authority: String?
    ) async -> TransportError.Code? {
      var configuration = ClientConfiguration(url: url, subprotocol: TestServer.subprotocol)
      configuration.certificateAuthorityFile = authority
      do throws(TransportError) {
        _ = try await WebSocketClient.connect(configuration, loop: test.loop, logger: TestServer.logger)
        return nil
      } catch {
        return error.code
      }
    }

    @Test func aTrustedServerEchoes() async throws {
      try await withServer { test, certificates in
        let client = try await test.client {
          $0.url = "wss://localhost:\(test.server.port)/"
          $0.certificateAuthorityFile = certificates.path("ca.pem")
        }
        var iterator = client.messages.makeAsyncIterator()
        for count in [1, 200_000] {
          let message = [UInt8](repeating: 5, count: count)
          client.send(message)
          #expect(await iterator.next() == message)
        }
        await client.close()
      }
    }

    @Test func aCertificateThatProvesNothingIsRefused() async throws {
      try await withServer { test, certificates in
        let port = test.server.port
        let name = "wss://localhost:\(port)/"
        #expect(
          await failure(test, url: name, authority: certificates.path("other-ca.pem")) == .certificateRejected
        )
        #expect(await failure(test, url: name, authority: nil) == .certificateRejected)
        // The right authority, but not the name that was asked for.
        let address = "wss://127.0.0.1:\(port)/"
        #expect(
          await failure(test, url: address, authority: certificates.path("ca.pem")) == .certificateRejected)
        #expect(await failure(test, url: name, authority: "/nonexistent") == .invalidConfiguration)
        #expect(await failure(test, url: name, authority: certificates.path("ca.pem")) == nil)
      }
    }

    @Test func plaintextAndTLSDoNotMix() async throws {
      try await withServer { test, certificates in
        let socket = try RawSocket(port: test.server.port)
        socket.send(RawWebSocket.request())
        let answer = try #require(socket.readToEnd())
        #expect(!String(decoding: answer, as: UTF8.self).contains("HTTP/1.1 101"))
        #expect(test.recorder.events.isEmpty)
      }
      try await TestServer.with(reaction: TestServer.echo) { test in
        #expect(await failure(test, url: "wss://127.0.0.1:\(test.server.port)/", authority: nil) != nil)
        try await test.expectServing()
      }
    }

    @Test func oldTLSIsRefused() async throws {
      try await withServer { test, certificates in
        let hello = try RawSocket(port: test.server.port)
        // A ClientHello that offers TLS 1.0 at most.
        let body: [UInt8] =
          [3, 1] + [UInt8](repeating: 7, count: 32) + [0, 0, 4, 0xc0, 0x13, 0x00, 0x2f, 1, 0]
        let handshake: [UInt8] = [1, 0, 0, UInt8(body.count)] + body
        hello.send([22, 3, 1, 0, UInt8(handshake.count)] + handshake)
        let answer = try #require(hello.readToEnd())
        // Nothing, or an alert: never a ServerHello.
        #expect(answer.isEmpty || answer.first == 21)
      }
    }
  }
}
