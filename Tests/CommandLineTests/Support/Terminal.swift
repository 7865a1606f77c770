import Foundation
import Glibc

/// A pseudo-terminal at which a test sits.
final class Terminal: Sendable {
  /// What a program opens as its terminal.
  let path: String
  private let master: Int32

  /// Held open, so that the terminal is there before and after the program.
  private let slave: Int32

  init() throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, nil) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (self.master, self.slave) = (master, slave)
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    close(master)
    close(slave)
  }

  /// Reads until a text was shown.
  ///
  /// - Throws: `NotShown` when it was not within two minutes: a busy machine is no failure.
  @discardableResult
  func read(until text: String) async throws -> String {
    let master = master
    return try await blocking {
      var shown: [UInt8] = []
      let end = ContinuousClock.now + .seconds(120)
      while ContinuousClock.now < end {
        var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 100) > 0 else { continue }
        var byte: UInt8 = 0
        // The program closed its end.
        guard Glibc.read(master, &byte, 1) == 1 else { break }
        shown.append(byte)
        if String(decoding: shown, as: UTF8.self).hasSuffix(text) { break }
      }
      let all = String(decoding: shown, as: UTF8.self)
      guard all.hasSuffix(text) else { throw NotShown(wanted: text, shown: all) }
      return all
    }
  }

  /// Types a line.
  func type(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(master, bytes, bytes.count)
  }

  struct NotShown: Error {
    let wanted: String
    let shown: String
  }
}
