import CRDT
import Testing

@testable import WireProtocol

/// A code survives being read aloud and typed, and one that was typed wrongly is told before it is sent.
@Suite struct EnrolmentCodeTests {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  private static func code(_ random: inout SplitMix64) -> EnrolmentCode {
    EnrolmentCode(id: random.next(), secret: random.identifier(), fingerprint: random.identifier())
  }

  @Test func roundTrips() {
    var random = SplitMix64(seed: 1)
    var codes = (0..<200).map { _ in Self.code(&random) }
    codes += [0, .max].map {
      EnrolmentCode(id: $0, secret: Identifier(high: $0, low: $0), fingerprint: Identifier(high: $0, low: $0))
    }
    for code in codes {
      let text = code.description
      #expect(EnrolmentCode(text) == code)
      #expect(text.count == 77 && text.split(separator: "-").allSatisfy { $0.count == 5 })
    }
  }

  @Test func asItMayBeTyped() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<200 {
      let code = Self.code(&random)
      let text = code.description
      #expect(EnrolmentCode(text.lowercased()) == code)
      #expect(EnrolmentCode(text.replacing("-", with: " ")) == code)
      #expect(EnrolmentCode(text.replacing("-", with: "")) == code)
      #expect(EnrolmentCode(" \(text)\r\n") == code)
      #expect(EnrolmentCode(text.replacing("0", with: "O")) == code)
      #expect(EnrolmentCode(text.replacing("0", with: "o")) == code)
      #expect(EnrolmentCode(text.replacing("1", with: "I")) == code)
      #expect(EnrolmentCode(text.replacing("1", with: "l")) == code)
    }
  }

  @Test func oneWrongSymbolIsTold() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<5 {
      let symbols = Array(Self.code(&random).description.filter { $0 != "-" })
      for index in symbols.indices {
        for other in Self.alphabet where other != symbols[index] {
          var typed = symbols
          typed[index] = other
          #expect(EnrolmentCode(String(typed)) == nil, "\(other) at \(index)")
        }
      }
    }
  }

  @Test func swappedNeighboursAreTold() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<200 {
      let symbols = Array(Self.code(&random).description.filter { $0 != "-" })
      for index in symbols.indices.dropLast() where symbols[index] != symbols[index + 1] {
        var typed = symbols
        typed.swapAt(index, index + 1)
        #expect(EnrolmentCode(String(typed)) == nil, "at \(index)")
      }
    }
  }

  /// Modulo 31, as the check once was, these two weigh the same.
  @Test func zeroIsNotZ() {
    let code = EnrolmentCode(
      id: 0, secret: Identifier(high: 0, low: 0), fingerprint: Identifier(high: 0, low: 0))
    let symbols = Array(code.description.filter { $0 != "-" })
    for index in symbols.indices {
      var typed = symbols
      typed[index] = "Z"
      #expect(EnrolmentCode(String(typed)) == nil)
    }
  }

  @Test(arguments: [
    "", "U", "5", "ÆØÅ", String(repeating: "0", count: 64), String(repeating: "0", count: 66),
  ])
  func otherTexts(text: String) { #expect(EnrolmentCode(text) == nil) }

  @Test func proofs() throws {
    var random = SplitMix64(seed: 5)
    let code = Self.code(&random)
    let transcript = random.bytes(64)
    let proof = EnrolmentCode.proof(verifier: code.verifier, transcript: transcript)
    #expect(proof.count == 32)
    #expect(EnrolmentCode.isValid(proof: proof, verifier: code.verifier, transcript: transcript))
    #expect(!EnrolmentCode.isValid(proof: proof, verifier: code.verifier, transcript: random.bytes(64)))
    #expect(!EnrolmentCode.isValid(proof: proof, verifier: random.digest(), transcript: transcript))
    #expect(!EnrolmentCode.isValid(proof: [], verifier: code.verifier, transcript: transcript))
    for index in proof.indices {
      var other = proof
      other[index] ^= 1
      #expect(!EnrolmentCode.isValid(proof: other, verifier: code.verifier, transcript: transcript))
    }
  }

  @Test func theFingerprintIsTheTenants() throws {
    let keys = try [1, 2].map { try SigningKey(secret: [UInt8](repeating: $0, count: 32)).publicKey }
    #expect(EnrolmentCode.fingerprint(of: keys[0]) != EnrolmentCode.fingerprint(of: keys[1]))
    #expect(
      EnrolmentCode.fingerprint(of: keys[0]).bytes == Array(Digest.of { $0.add(keys[0]) }.bytes.prefix(16)))
  }
}
