import Foundation
import Testing
import WireProtocol

@testable import Storage

/// The files of the golden vectors, which another program sealed (`Tests/WireProtocolTests`), open here.
@Suite struct BundleVectorTests {
  @Test(arguments: [
    ("push", BundleHeader.Kind.push, "tenant_agreement_secret"),
    ("delivery", .delivery, "device_agreement_secret"),
  ])
  func theFileOpens(name: String, kind: BundleHeader.Kind, secret: String) throws {
    var root = URL(fileURLWithPath: #filePath)
    while root.lastPathComponent != "Tests" { root.deleteLastPathComponent() }
    let vectors = root.deletingLastPathComponent().appending(path: "Protocol/vectors/bundle.json")
    let told = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: vectors)) as? [String: Any])
    let bundle = try #require(told[name] as? [String: Any])
    let file = try #require((bundle["file"] as? String).flatMap { Hexadecimal.decode($0) })
    let folder = try TemporaryDirectory()
    let path = folder.path + "/vector.bundle"
    try Data(file).write(to: URL(fileURLWithPath: path))
    let reader = try BundleReader(path: path)
    #expect(reader.header.kind == kind)
    try reader.open(kind, secret: try #require((told[secret] as? String).flatMap { Hexadecimal.decode($0) }))
    var messages: [String] = []
    while let message = try reader.nextMessage() { messages.append(Hexadecimal.encode(message)) }
    #expect(messages == bundle["messages"] as? [String])
  }
}
