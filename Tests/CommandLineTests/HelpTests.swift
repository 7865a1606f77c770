import Foundation
import Testing

/// What a new user asks first.
@Suite struct HelpTests {
  /// Every command, as a user types it.
  static let commands: Set = [
    "enroll", "invite", "device add", "device confirm", "device list", "device revoke", "people list",
    "people end", "people hand-over", "recovery end", "knowing-log show", "knowing-log accept",
    "knowing-log check", "knowing-log audit",
    "quarantine list", "quarantine accept",
    "quarantine refuse", "held list", "held confirm", "held withdraw", "refused list", "refused show",
    "refused forget", "case new", "case inquiry", "case list", "case show",
    "case log", "case allocate", "case close", "case offer", "case accept", "case decline", "case enrol",
    "case eligibility", "participant add", "participant end", "participant list", "person add",
    "person list", "contact log", "contact list", "assessment note", "assessment show", "goal add",
    "goal list", "goal rank", "note add", "note edit", "note list", "note show", "attachment add",
    "attachment list", "attachment get", "bundle write", "bundle take", "rescue", "lock", "unlock",
    "meeting add", "meeting call", "meeting answer", "meeting hold", "meeting cancel", "meeting list",
    "request add", "request receive", "request waive", "request list", "decision prepare",
    "decision change", "decision issue", "decision deliver", "decision explain", "decision withdraw",
    "decision list", "decision show", "person change", "status-meeting add", "status-meeting plan",
    "status-meeting hold", "agenda show", "agenda item", "task add", "task list", "task accept",
    "task reject", "task start", "task complete", "task cancel", "follow-up hold", "follow-up list",
    "today", "caseload", "find", "calendar", "update send", "update list", "update triage", "sync", "watch",
    "conflicts", "resolve", "undo", "status", "explain", "who-saw", "export", "report status", "import",
    "share",
    "consent give", "consent sign", "consent withdraw", "consent list", "consent show", "ground invoke",
    "ground end", "ground list", "release give", "release end", "release list", "withholding add",
    "withholding lift", "withholding list", "custody set", "custody show", "reclassify", "restrict",
    "redact", "protected-contact add", "protected-contact change", "protected-contact audience",
    "protected-contact list", "protected-contact show", "erasure add", "erasure confirm", "erasure end",
    "erasure list", "break-glass", "transfer add", "transfer confirm", "transfer end", "transfer list",
    "arrival list", "arrival confirm", "organisation add", "organisation list", "vouching add",
    "vouching confirm", "vouching end", "vouching list", "legal-basis add", "legal-basis complaint-body",
    "legal-basis end", "legal-basis list", "information-type add", "information-type confirm",
    "information-type end",
    "information-type list", "authority-limit add", "authority-limit confirm", "authority-limit end",
    "authority-limit list", "report waiting", "report contacts", "report caseload", "report priorities",
    "report surveys", "report decisions", "survey add", "survey list", "training add", "training held",
    "training list", "interruption add", "interruption end", "interruption list", "target add",
    "target list", "letter plan", "letter decision", "letter minutes", "letter visit-sheet", "visit log",
    "visit template", "note move", "note entered-in-error", "workflow list", "workflow show",
    "workflow check", "workflow adopt", "workflow move", "step list", "step show", "step start",
    "step complete", "step skip", "change add", "change list", "change confirm", "change decline",
    "plan agree", "plan list", "plan show", "goal replace", "goal end", "intervention propose",
    "intervention start", "intervention end", "intervention list", "funding share", "funding list",
  ]

  @Test func everyCommandHasHelp() async throws {
    let place = try Municipality.empty()
    var found: Set<String> = []
    var waiting: [[String]] = [[]]
    while let path = waiting.popLast() {
      let help = try await place.kos("nobody", path + ["--help"])
      #expect(help.exit == 0 && help.error.isEmpty, "\(path): \(help)")
      #expect(help.output.hasPrefix("OVERVIEW: "), "\(path)")
      #expect(help.output.contains("USAGE: " + (["kos"] + path).joined(separator: " ")), "\(path)")
      let below = Self.commands(in: help.output)
      waiting += below.map { path + [$0] }
      guard below.isEmpty else { continue }
      for option in ["--json", "--home <dir>", "--lang <lang>", "--passphrase-file <file>"] {
        #expect(help.output.contains(option), "\(path) \(option)")
      }
      found.insert(path.joined(separator: " "))
    }
    #expect(found == Self.commands)
    await place.close()
  }

  /// In Danish too, with LANG and with --lang; only the parser's own words stay English.
  @Test func helpIsDanishForDanes() async throws {
    let place = try Municipality.empty()
    for (words, language) in [(["--help"], "da"), (["--help", "--lang", "da"], "en")] {
      let overview = try await place.kos("nobody", words, language: language)
      #expect(overview.exit == 0 && overview.output.contains("Koordineret sagsarbejde"), "\(overview)")
      #expect(overview.output.contains("Forklar en post") && overview.output.contains("7 låst"))
    }
    for name in Self.commands {
      let path = name.split(separator: " ").map(String.init)
      let danish = try await place.kos("nobody", path + ["--help"], language: "da").output
      let english = try await place.kos("nobody", path + ["--help"]).output
      let same = Set(Self.texts(danish)).intersection(Self.texts(english))
      #expect(same.subtracting(Self.sameInBoth).isEmpty, "\(name): \(same)")
    }
    await place.close()
  }

  /// The commands that a page of help lists, below whichever headings.
  private static func commands(in help: String) -> [String] {
    guard let usage = help.range(of: "USAGE: ") else { return [] }
    return help[usage.upperBound...].split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  "), !line.hasPrefix("   "), !line.hasPrefix("  See ") else { return nil }
      let name = line.split(separator: " ").first ?? ""
      return name.hasPrefix("-") || name.hasPrefix("<") ? nil : String(name)
    }
  }

  /// What each option and the overview say, as far as the parser leaves it on one line.
  private static func texts(_ help: String) -> [String] {
    help.split(separator: "\n").compactMap { line in
      if line.hasPrefix("OVERVIEW: ") { return String(line) }
      let parts = line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
      return parts.count > 1 ? parts.last : nil
    }
  }

  private static let sameInBoth: Set = [
    "Show help information.", "Show the version.", "home_visit, visit, telephone, video, meeting, message",
  ]

  @Test func theServersHelp() async throws {
    let place = try Municipality.empty()
    for path in [[], ["init"], ["serve"], ["bundle"], ["bundle", "take"]] {
      let help = try await place.run("kosd", path + ["--help"])
      #expect(help.exit == 0 && help.output.hasPrefix("OVERVIEW: "), "\(path): \(help)")
    }
    let version = try await place.kos("nobody", "--version")
    #expect(version.exit == 0 && version.output == "0.1.0\n")
    await place.close()
  }
}
