import ArgumentParser

/// Up to which amount somebody decides on a matter.
struct AuthorityLimitGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "authority-limit",
    abstract: Phrase(
      "Op til hvilket beløb nogen selv afgør en sag.", "Up to which amount somebody decides on a matter."
    ).said,
    subcommands: [
      AuthorityLimitAdd.self, AuthorityLimitConfirm.self, AuthorityLimitEnd.self, AuthorityLimitList.self,
    ])
}
