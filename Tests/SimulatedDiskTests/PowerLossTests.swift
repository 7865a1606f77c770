import Glibc
import Storage
import Testing

@testable import SimulatedDisk

/// What a disk keeps, told by the system's calls alone.
@Suite struct PowerLossTests {
  let files = SimulatedFiles()

  private func write(_ bytes: [UInt8], to path: String, syncing: Bool) {
    let file = files.open(path, O_WRONLY | O_CREAT, 0o600)
    #expect(file >= 0)
    #expect(files.write(file, bytes, bytes.count) == bytes.count)
    if syncing { #expect(files.fsync(file) == 0) }
    #expect(files.close(file) == 0)
  }

  private func synchroniseFolder(_ path: String) {
    let folder = files.open(path, O_RDONLY | O_DIRECTORY, 0)
    #expect(files.fsync(folder) == 0)
    #expect(files.close(folder) == 0)
  }

  @Test("What was synced is there whatever the power does; what was not is kept, dropped or torn by sector")
  func sectors() {
    var outcomes: Set<[UInt8]> = []
    for seed in 0..<200 as Range<UInt64> {
      let disk = SimulatedDisk("sectors-\(seed)", sectorBytes: 512, seed: seed)
      let path = disk.path + "/file"
      write([UInt8](repeating: 1, count: 2_048), to: path, syncing: true)
      synchroniseFolder(disk.path)
      write([UInt8](repeating: 2, count: 1_024), to: path, syncing: false)
      #expect(disk.unsyncedSectors == 2)
      disk.losePower(seed: seed)
      let bytes = disk.bytes(of: "file") ?? []
      #expect(bytes.count == 2_048)
      #expect(bytes.suffix(1_024).allSatisfy { $0 == 1 })
      for sector in [0, 512] {
        // New, old, or new up to some byte.
        let rest = bytes[sector..<sector + 512].drop { $0 == 2 }
        #expect(rest.allSatisfy { $0 == 1 })
      }
      outcomes.insert([bytes[0], bytes[511], bytes[512], bytes[1_023]])
      #expect(disk.unsyncedSectors == 0)
    }
    #expect(
      outcomes.isSuperset(of: [[1, 1, 1, 1], [2, 2, 2, 2], [2, 2, 1, 1], [1, 1, 2, 2], [2, 1, 2, 2]]))
  }

  @Test("A name that its folder was not synced for may be lost, in the order of what happened")
  func names() {
    var kept: Set<[Bool]> = []
    for seed in 0..<100 as Range<UInt64> {
      let disk = SimulatedDisk("names-\(seed)", seed: seed)
      write([1], to: disk.path + "/first", syncing: true)
      synchroniseFolder(disk.path)
      write([2], to: disk.path + "/second", syncing: true)
      #expect(files.rename(disk.path + "/second", to: disk.path + "/third") == 0)
      disk.losePower(seed: seed)
      #expect(disk.bytes(of: "first") == [1])
      kept.insert(["second", "third"].map { disk.bytes(of: $0) != nil })
    }
    #expect(kept == [[false, false], [true, false], [false, true]])
  }

  @Test("After a sync that failed a later one cannot bring back what the first has lost")
  func failedSync() {
    var lost = 0
    for seed in 0..<50 as Range<UInt64> {
      let disk = SimulatedDisk("failed-sync-\(seed)", seed: seed)
      let path = disk.path + "/file"
      write([1], to: path, syncing: true)
      synchroniseFolder(disk.path)
      disk.add(Fault(.forgets, of: [.sync]))
      let file = files.open(path, O_WRONLY, 0)
      var two: UInt8 = 2
      #expect(files.write(file, &two, 1) == 1)
      #expect(files.fsync(file) == -1 && errno == EIO)
      #expect(files.fsync(file) == 0)
      #expect(disk.bytes(of: "file") == [2])
      disk.losePower(seed: seed)
      if disk.bytes(of: "file") == [1] { lost += 1 }
      #expect(files.close(file) == 0)
    }
    #expect((10...40).contains(lost))
  }

  @Test("A full disk takes what fits, and the rest when there is space")
  func capacity() {
    let disk = SimulatedDisk("capacity")
    disk.setCapacity(1_000)
    let file = files.open(disk.path + "/file", O_WRONLY | O_CREAT, 0o600)
    let bytes = [UInt8](repeating: 7, count: 1_500)
    #expect(files.write(file, bytes, 1_500) == -1 && errno == ENOSPC)
    #expect(disk.usedBytes == 1_000)
    disk.setCapacity(nil)
    #expect(files.write(file, bytes, 1_500) == 1_500)
    #expect(disk.bytes(of: "file") == bytes)
    #expect(files.close(file) == 0)
  }

  @Test("A process that was killed changes nothing any more, and its locks are free")
  func kill() {
    let disk = SimulatedDisk("kill")
    disk.run(as: 1)
    let first = files.open(disk.path + "/lock", O_RDWR | O_CREAT, 0o600)
    disk.run(as: 2)
    let second = files.open(disk.path + "/lock", O_RDWR, 0)
    #expect(files.lock(first, LOCK_EX | LOCK_NB) == 0)
    #expect(files.lock(second, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK)
    disk.kill(1)
    #expect(files.lock(second, LOCK_EX | LOCK_NB) == 0)
    var byte: UInt8 = 1
    #expect(files.write(first, &byte, 1) == -1)
    #expect(files.lock(first, LOCK_EX | LOCK_NB) == -1)
    #expect(files.write(second, &byte, 1) == 1)
    #expect(files.close(first) == 0 && files.close(second) == 0)
  }

  @Test("A copy is a disk of its own")
  func clone() {
    let disk = SimulatedDisk("original")
    write([1, 2, 3], to: disk.path + "/file", syncing: false)
    let copy = disk.clone(as: "copy")
    write([9, 9, 9], to: disk.path + "/file", syncing: true)
    copy.losePower(seed: 1)
    #expect(copy.bytes(of: "file") == [1, 2, 3])
    disk.restore(from: copy)
    #expect(disk.bytes(of: "file") == [1, 2, 3])
  }

  @Test("What a copy draws is its name's, however many copies there were before")
  func aCopyDrawsByItsName() {
    let disk = SimulatedDisk("drawn-from")
    write([UInt8](repeating: 1, count: 64 * 4_096), to: disk.path + "/file", syncing: true)
    func forgotten(_ name: String) -> [UInt8]? {
      let copy = disk.clone(as: name)
      copy.add(Fault(.forgets, of: [.sync]))
      write([UInt8](repeating: 2, count: 64 * 4_096), to: copy.path + "/file", syncing: false)
      let file = files.open(copy.path + "/file", O_WRONLY, 0)
      #expect(files.fsync(file) == -1 && errno == EIO)
      #expect(files.close(file) == 0)
      copy.losePower(seed: 1)
      return copy.bytes(of: "file")
    }
    let first = forgotten("drawn")
    #expect(first != nil && forgotten("drawn") == first)
    #expect(forgotten("another") != first)
  }
}
