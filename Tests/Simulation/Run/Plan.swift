/// What may happen in a run. Each seed turns on a random part of it (swarm testing: Groce et al., "Swarm
/// testing", 2012), since what never happens together hides as much as what never happens.
struct Plan {
  /// How long people work and things break, in milliseconds.
  var duration: Int64 = 60_000
  /// How many acts people do.
  var acts = 30
  var faults: Set<FaultKind> = []
  var operations: Set<OperationKind> = []
  /// How many faults strike.
  var faultCount = 0
  /// How often the server's disk is put back.
  var setBacks = 0
  /// How long a message takes, in milliseconds.
  var latency: ClosedRange<Int64> = 1...20
  /// Whether a device says things that this version does not know.
  var hasNewerPeers = false
  /// How many of the devices connect when there is something to send, and otherwise not.
  var offlineShare = 0.3
  /// How many of the municipality's devices are in use.
  var devices = Int.max
  /// The bytes that a new device's disk writes whole.
  var sectorBytes = 4_096

  init() {}

  /// - Parameter setsBack: whether the server's disk is put back.
  init(seed: UInt64, setsBack: Bool) {
    var random = SeededGenerator(seed: seed &* 0xd129_0d3b_5f1a_9c4f ^ 0x5eed)
    duration = random.within(2...120) * 1_000
    acts = 8 + random.below(28)
    let faultShare = random.chance(0.15) ? 0 : Double(random.below(7) + 1) / 10
    for kind in FaultKind.drawn where random.chance(faultShare) {
      faults.insert(kind)
    }
    let operationShare = Double(random.below(7) + 3) / 10
    for kind in OperationKind.allCases where random.chance(operationShare * kind.share) {
      operations.insert(kind)
    }
    if operations.isEmpty { operations = [.note, .register] }
    if operations.contains(.attach) { operations.insert(.fetch) }
    // Deliveries in parts, and full windows, need many large texts.
    let isLarge = operations.contains(.largeText) && random.chance(0.8)
    if isLarge {
      operations.formIntersection([.largeText, .participant, .endParticipation])
      operations.insert(.register)
      acts += 10
    }
    faultCount = faults.isEmpty ? 0 : 1 + random.below(14)
    // What comes in parts is broken off between them.
    if isLarge, !faults.isEmpty {
      faults.formIntersection([
        .cut, .halfOpen, .deviceKill, .deviceDiesWriting, .serverKill, .partition, .deviceRestore,
        .deviceClone,
      ])
      faults.insert(.cut)
      faultCount += 8
    }
    latency = random.chance(0.2) ? 1...2_000 : 1...random.within(2...120)
    hasNewerPeers = random.chance(0.3)
    offlineShare = Double(random.below(9)) / 10
    devices = 2 + random.below(5)
    sectorBytes = random.chance(0.5) ? 4_096 : 512
    if setsBack { setServerBack() }
  }
}

extension Plan {
  /// People write, the server's disk is put back, and connections and processes end: no device forgets
  /// anything, so all comes back.
  private mutating func setServerBack() {
    operations = [.note, .register, .sameField, .clear, .addToSet, .removeFromSet, .act, .resolve, .person]
    faults.formIntersection([
      .cut, .halfOpen, .partition, .partitionToServer, .partitionToClient, .clog, .serverKill, .deviceKill,
      .serverPause, .devicePause,
    ])
    faultCount = faults.isEmpty ? 0 : faultCount
    setBacks = 2
    acts += 10
    hasNewerPeers = false
  }
}

/// What can break.
enum FaultKind: Int, CaseIterable {
  /// A connection breaks: what is on its way may be lost from some message on, and the sides learn at
  /// different times.
  case cut
  /// One side does not learn for long.
  case halfOpen
  /// A device reaches nobody, or is not reached, for a while.
  case partition
  case partitionToServer
  case partitionToClient
  /// Everything takes seconds for a while.
  case clog
  /// A message comes twice.
  case duplicate
  case serverKill
  case serverPowerLoss
  case deviceKill
  case devicePowerLoss
  /// A process ends in the middle of what it writes.
  case serverDiesWriting
  case deviceDiesWriting
  case serverDiskFull
  case deviceDiskFull
  case serverDiskError
  case deviceDiskError
  /// A clock jumps by up to years.
  case serverClock
  case deviceClock
  /// A process stands still for a while.
  case serverPause
  case devicePause
  /// A device's folder is put back to an earlier time, or copied to a second machine.
  case deviceRestore
  case deviceClone
  /// The server's disk is put back to an earlier time.
  case serverSetBack
  /// Five hours pass at the server, longer than a case that was opened stays open.
  case serverHours

  /// Those that any plan may have; the others come with what they are for.
  static let drawn = allCases.filter { $0 != .serverSetBack && $0 != .serverHours }
}

/// What can be done about it.
enum Repair {
  case partition(device: Int, Direction)
  case clog
  case serverDisk
  case deviceDisk(Int)
  case serverPause
  case devicePause(Int)
}

/// What people do.
enum OperationKind: Int, CaseIterable {
  case note
  /// A register of a record that others write too.
  case register
  /// The one field that everybody writes.
  case sameField
  case clear
  case addToSet
  case removeFromSet
  /// Several records in one act.
  case act
  /// Somebody settles a conflict.
  case resolve
  case sameValue
  case person
  case update
  case triage
  case participant
  case endParticipation
  case allocation
  /// Rights that end with time, and what is withheld from somebody, or is again not.
  case timedParticipant
  case withholding
  case lifting
  /// Somebody proposes to erase records, or confirms it.
  case erasure
  /// Somebody ends the access of a device, or of a person.
  case ending
  case forbidden
  case forbiddenAct
  case largeText
  case unknownKind
  case invitation
  case secondDevice
  /// A file, and the bytes of somebody's file.
  case attach
  case fetch
  /// Somebody decides on what waits for her.
  case decision
  /// Somebody consents to let those from outside read, or takes it back; and what these write.
  case consent
  /// Somebody prepares or issues a formal decision, or sets a limit for those who do.
  case formalDecision
  /// A leader opens a case that she takes no part in; and what is shown is written down.
  case opening

  /// How often a seed has it, compared with others.
  var share: Double {
    switch self {
    case .largeText: 0.15
    case .invitation, .secondDevice: 0.3
    case .erasure: 0.5
    case .ending: 0.4
    case .attach, .fetch: 0.4
    case .consent: 0.6
    case .formalDecision: 0.5
    case .opening: 0.5
    default: 1
    }
  }
}
