import CRDT
import CaseModel
import WireProtocol

/// Records of twelve fields and about 600 bytes, many in each of some cases.
struct LargeStock {
  let recordsPerCase: Int

  private static let fields: UInt32 = 12
  private static func field(_ number: UInt32) -> FieldID { FieldID(rawValue: 1_000 + number) }
  private static func text(_ number: UInt32) -> String {
    "field \(number) says what somebody saw at home"
  }

  /// What one record takes as a line of JSON with names and ids as people write them.
  var jsonBytes: Int {
    let id = "00000000-0000-4000-8000-000000000000"
    let fields = (0..<Self.fields).map { #""field\#($0)":"\#(Self.text($0))""# }.joined(separator: ",")
    return
      #"{"id":"\#(id)","case":"\#(id)","kind":"assessment","author":"\#(id)","written_at":1600000000000,\#(fields)}"#
      .utf8.count
  }

  /// Writes them by a device of the leader.
  func fill(_ cases: [Identifier], in tenant: Tenant) async throws {
    let loop = try Tenant.loop()
    let light = try await tenant.lightDevice(loop: loop)
    let device = try await LightDevice(light, url: tenant.server.url, loop: loop)
    try await device.upToDate()
    let operations = (0..<Self.fields).map { number in
      Operation(field: Self.field(number), action: .assign(.text(Self.text(number))))
    }
    for caseID in cases {
      let facts = tenant.facts(caseID, tenant: light.tenant)
      for _ in 0..<recordsPerCase {
        let record = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
        device.replica.write(operations, in: record, creates: facts, at: 1_600_000_000_000)
      }
      try device.push()
      try await device.judged()
      device.replica.forgetRecords()
    }
    guard device.refused == 0 else { throw BenchmarkError(description: "records were refused") }
    await device.close()
    await loop.shutdown()
  }
}
