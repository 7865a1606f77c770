import Glibc

/// A folder in memory that only this user may enter, for text that must not reach a disk. It is removed with
/// all that is in it, whatever a program left there.
struct PrivateFolder {
  /// Where it is.
  let path: String

  private static let prefix = "kos-edit-"
  /// File systems that hold their files in memory.
  private static let memoryTypes: Set = ["tmpfs", "ramfs"]

  /// Makes a folder in the user's run-time directory or in shared memory, and removes what a program that was
  /// killed left there; `nil` when neither is in memory.
  init?() {
    let runtime = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) }
    for parent in [runtime, "/dev/shm"].compactMap({ $0 }) where Self.isInMemory(parent) {
      Self.sweep(parent)
      var template = Array("\(parent)/\(Self.prefix)\(getpid())-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { continue }
      let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      if Self.isPrivate(path) {
        self.path = path
        return
      }
      rmdir(path)
    }
    return nil
  }

  /// Removes the folder and everything in it.
  func remove() { Self.remove(path) }

  /// Whether a path lies in a file system in memory, by the kernel's list of mounts (proc_pid_mountinfo(5)).
  static func isInMemory(_ path: String) -> Bool {
    var info = stat()
    guard path.hasPrefix("/"), stat(path, &info) == 0,
      let bytes = try? Descriptor.readFile("/proc/self/mountinfo")
    else { return false }
    // As the C library's major() and minor() take a device number apart.
    let (high, low) = (info.st_dev >> 8 & 0xfff | info.st_dev >> 32 & ~0xfff, info.st_dev & 0xff)
    let device = "\(high):\(low | info.st_dev >> 12 & ~0xff)"
    let types = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      guard words.count > 2, words[2] == device, let dash = words.firstIndex(of: "-"), dash + 1 < words.count
      else { return nil }
      return String(words[dash + 1])
    }
    return !types.isEmpty && types.allSatisfy(memoryTypes.contains)
  }

  /// Whether it is a folder of this user that nobody else may enter, and in memory.
  private static func isPrivate(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR && info.st_uid == getuid()
      && info.st_mode & 0o777 == 0o700 && isInMemory(path)
  }

  private static func sweep(_ parent: String) {
    for name in names(in: parent) where name.hasPrefix(prefix) {
      guard let process = pid_t(name.dropFirst(prefix.count).prefix { $0.isNumber }), process > 0,
        kill(process, 0) != 0, errno == ESRCH, isPrivate("\(parent)/\(name)")
      else { continue }
      remove("\(parent)/\(name)")
    }
  }

  /// Removes a file, or a folder with all in it. Links are removed and never followed.
  private static func remove(_ path: String) {
    var info = stat()
    guard lstat(path, &info) == 0 else { return }
    if info.st_mode & S_IFMT == S_IFDIR {
      for name in names(in: path) { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
