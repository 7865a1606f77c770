import ArgumentParser

/// What every command that writes takes.
struct WriteOptions: ParsableArguments {
  @Flag(
    help: Phrase(
      "Gem kun; det sendes ved næste forbindelse.", "Save only; what was saved is sent at the next contact."
    ).help())
  var offline = false
}
