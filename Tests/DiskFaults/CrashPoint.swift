import Glibc
import SimulatedDisk

/// One call of a script that is struck, and what comes of it.
public struct CrashPoint: Hashable, Sendable, CustomStringConvertible {
  /// Whose disk.
  public enum Place: Hashable, Sendable {
    case server
    case device
  }

  /// What happens to the process afterwards.
  public enum Aftermath: String, Hashable, Sendable, CaseIterable {
    /// The process ends, if the fault or what it made of it says so; the machine runs on.
    case kill
    /// The machine loses its power.
    case power
    /// The process ends and begins anew, and some time later the power goes.
    case killThenPower
    /// The fault stays for some time, and nobody need begin anew.
    case persistent
  }

  let place: Place
  let call: DiskCall
  let number: UInt64
  let effect: Fault.Effect
  let error: Int32
  let aftermath: Aftermath

  public var description: String {
    "\(place), \(call) \(number): \(effect) (\(error == ENOSPC ? "ENOSPC" : "EIO")), then \(aftermath)"
  }

  var fault: Fault {
    Fault(effect, of: [call], error: error, skip: number, times: aftermath == .persistent ? 0 : 1)
  }

  /// Every call of a kind, each in some of the ways in which it can fail, in turn; all of them where there
  /// are few calls of the kind.
  static func points(_ place: Place, _ call: DiskCall, count: Int, seed: UInt64) -> [CrashPoint] {
    let variants = variants(of: call)
    let waysOfEach = count <= fewCalls ? variants.count : 1
    return (0..<UInt64(count)).flatMap { number in
      (0..<waysOfEach).map { way in
        let (effect, error, aftermath) = variants[(Int(number &* 5 &+ seed) + way) % variants.count]
        return CrashPoint(
          place: place, call: call, number: number, effect: effect, error: error, aftermath: aftermath)
      }
    }
  }

  private static let fewCalls = 60

  private static func variants(of call: DiskCall) -> [(Fault.Effect, Int32, Aftermath)] {
    if call == .read { return [(.fails, EIO, .kill)] }
    var variants: [(Fault.Effect, Int32, Aftermath)] = [
      (.haltsBefore, EIO, .kill), (.haltsBefore, EIO, .power), (.haltsAfter, EIO, .power),
      (.fails, EIO, .kill), (.fails, EIO, .killThenPower),
    ]
    switch call {
    case .write:
      variants += [
        (.haltsTorn, EIO, .kill), (.haltsTorn, EIO, .power), (.isShort, EIO, .kill),
        (.isTorn, EIO, .killThenPower), (.fails, ENOSPC, .kill), (.isShort, ENOSPC, .kill),
        (.fails, ENOSPC, .persistent), (.isShort, ENOSPC, .persistent),
      ]
    case .sync: variants += [(.forgets, EIO, .kill), (.forgets, EIO, .killThenPower)]
    case .open, .growShared, .makeFolder:
      variants += [(.fails, ENOSPC, .kill), (.fails, ENOSPC, .persistent)]
    default: break
    }
    return variants
  }
}
