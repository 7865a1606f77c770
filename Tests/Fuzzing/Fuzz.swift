import CAllocation
import Glibc

/// The decoder that this process feeds, by the environment variable KOS_FUZZ.
private let decoder: Decoder = {
  guard let name = getenv("KOS_FUZZ"), let decoder = Decoder(rawValue: String(cString: name)) else {
    finding("KOS_FUZZ names none of: " + Decoder.allCases.map(\.rawValue).joined(separator: " "))
  }
  return decoder
}()

/// What a decoder may take of the processor's time for one input, in nanoseconds.
private let timeMax: Int64 = 100_000_000

/// libFuzzer's entry: whatever the bytes are, the decoder takes them or throws; in time, in bounds; and what
/// it took it gives out again as it then takes it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let decoder = decoder
  let began = processor_time()
  allocation_begin()
  let first = try? decoder.decode(bytes)
  let peak = allocation_peak()
  if processor_time() - began > timeMax { finding("\(decoder) took more than 100 ms") }
  let bound = Int64(Decoder.freeBytes + decoder.memoryFactor * count)
  if peak > bound { finding("\(decoder) took \(peak) bytes for an input of \(count)") }
  guard decoder != .tenantKeys, let again = first.flatMap({ $0 }) else { return 0 }
  guard let second = try? decoder.decode(again) else { finding("\(decoder) does not take what it gave") }
  if second != again { finding("\(decoder) is not stable") }
  return 0
}
