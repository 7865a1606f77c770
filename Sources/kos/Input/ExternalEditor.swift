import Glibc

/// The user's editor, on a file in a private folder in memory.
struct ExternalEditor {
  private let output: Output

  init(_ output: Output) { self.output = output }

  /// Lets the user change a text, and returns what she saved. A line end that the editor adds at the end of
  /// the file is not taken for a change.
  ///
  /// - Throws: `Failure` when there is no folder in memory, the editor fails, or what it left is no text;
  ///   then nothing was changed.
  func edit(_ text: String) throws -> String {
    guard let folder = PrivateFolder() else { throw Failure(.other, .noMemoryFolder) }
    defer { folder.remove() }
    let file = "\(folder.path)/note.txt"
    let ending = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    guard Self.write(text + ending, to: file) else { throw Failure(.other, .noMemoryFolder) }
    let command = Self.command
    guard Self.run(command, on: file, in: folder.path) else {
      throw Failure(.other, .editorFailed, command)
    }
    let bytes = try Descriptor.readFile(file)
    guard let edited = String(validating: bytes, as: UTF8.self) else { throw Failure(.usage, .notText, file) }
    return !ending.isEmpty && edited.hasSuffix("\n") ? String(edited.dropLast()) : edited
  }

  /// Whether the user has named an editor.
  static var isNamed: Bool { named != nil }

  private static var named: String? {
    let named = ["VISUAL", "EDITOR"].compactMap { (name: String) -> String? in
      getenv(name).map { String(cString: $0) }
    }
    return named.first { (text: String) in !text.allSatisfy(\.isWhitespace) }
  }

  /// `$VISUAL`, `$EDITOR`, or vi; of the editors that are known told to leave no copies anywhere.
  private static var command: String {
    let command = named ?? "vi"
    let program = command.split(separator: " ").first?.split(separator: "/").last.map(String.init) ?? command
    let options =
      switch program {
      case "vi", "vim", "nvim", "vim.tiny", "vim.basic":
        " -n -i NONE -c 'set nobackup nowritebackup noundofile'"
      case "nano", "rnano": " --ignorercfiles"
      case "emacs":
        " --eval '(setq make-backup-files nil auto-save-default nil create-lockfiles nil)'"
      default: ""
      }
    return command + options
  }

  private static func write(_ text: String, to file: String) -> Bool {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { return false }
      bytes = bytes.dropFirst(written)
    }
    return true
  }

  /// Runs the command on the file and waits for its end. Signals that would end this program are the editor's
  /// meanwhile, so that the folder is always removed.
  private static func run(_ command: String, on file: String, in folder: String) -> Bool {
    let signals = [SIGINT, SIGQUIT, SIGHUP, SIGTERM]
    let handlers = signals.map { signal($0, SIG_IGN) }
    defer { for (number, handler) in zip(signals, handlers) { signal(number, handler) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in signals { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    // The file's name is an argument of its own: nothing in it is read as part of the command.
    let words = [
      "sh", "-c", "umask 077; TMPDIR=\"$2\"; export TMPDIR; " + command + " \"$1\"", "sh", file, folder,
    ]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    guard posix_spawn(&child, "/bin/sh", nil, &attributes, &arguments, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { if errno != EINTR { return false } }
    return status == 0
  }
}
