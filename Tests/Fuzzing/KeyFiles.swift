import Glibc

@testable import Storage

/// A folder in which every file is the same bytes: key files are read through the stores' own calls.
struct KeyFiles: FileSystem {
  nonisolated(unsafe) private static var bytes: [UInt8] = []
  nonisolated(unsafe) private static var offset = 0
  private static let isMounted: Bool = {
    FileSystems.mount(KeyFiles(), at: "/fuzz")
    return true
  }()

  static func with<Result>(_ bytes: [UInt8], _ body: (_ home: String) throws -> Result) rethrows -> Result {
    _ = isMounted
    Self.bytes = bytes
    offset = 0
    return try body("/fuzz")
  }

  var waitsForLocks: Bool { false }
  func open(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 { 3 }
  func close(_ file: Int32) -> Int32 { 0 }
  func read(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    let count = min(count, Self.bytes.count - Self.offset)
    Self.bytes[Self.offset..<Self.offset + count].withUnsafeBytes { source in
      if let start = source.baseAddress { bytes.copyMemory(from: start, byteCount: count) }
    }
    Self.offset += count
    return count
  }
  func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int { -1 }
  func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int, at offset: Int) -> Int { -1 }
  func fsync(_ file: Int32) -> Int32 { -1 }
  func fdatasync(_ file: Int32) -> Int32 { -1 }
  func truncate(_ file: Int32, to byteCount: Int) -> Int32 { -1 }
  func lock(_ file: Int32, _ operation: Int32) -> Int32 { -1 }
  func status(of file: Int32) -> FileStatus? { FileStatus(byteCount: Self.bytes.count, mode: 0o600) }
  func status(ofPath path: String) -> FileStatus? { status(of: 3) }
  func chmod(_ path: String, _ mode: UInt32) -> Int32 { 0 }
  func mkdir(_ path: String, _ mode: UInt32) -> Int32 { -1 }
  func rmdir(_ path: String) -> Int32 { -1 }
  func unlink(_ path: String) -> Int32 { -1 }
  func rename(_ path: String, to name: String) -> Int32 { -1 }
}
