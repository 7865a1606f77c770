import CLibWebSockets

/// Memory with the room before the payload into which the library writes the frame header.
final class WriteBuffer {
  private static let headroom = Int(clws_pre)
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 16)

  /// Writes bytes to a socket; false when the socket is broken.
  func write(_ bytes: [UInt8], to wsi: OpaquePointer, as kind: lws_write_protocol) -> Bool {
    let needed = Self.headroom + bytes.count
    if buffer.count < needed { grow(to: needed) }
    let payload = UnsafeMutableRawBufferPointer(rebasing: buffer[Self.headroom..<needed])
    payload.copyBytes(from: bytes)
    guard let start = payload.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
    // What the kernel does not take is kept by the library and written first when the socket is writeable
    // again.
    return lws_write(wsi, start, bytes.count, kind) >= 0
  }

  private func grow(to byteCount: Int) {
    buffer.deallocate()
    buffer = .allocate(byteCount: max(byteCount, 16 * 1024), alignment: 16)
  }

  deinit {
    buffer.deallocate()
  }
}
