/// Text of about so many bytes that compressing does not make much smaller.
func denseText(_ byteCount: Int, seed: UInt64 = 1) -> String {
  var random = SplitMix64(seed: seed)
  // One of 90 letters takes 6.5 bits of a compressed payload.
  let letters = (0..<byteCount * 100 / 82).map { _ in UInt8.random(in: 33...122, using: &random) }
  return String(decoding: letters, as: UTF8.self)
}
