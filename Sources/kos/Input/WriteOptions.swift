import ArgumentParser

/// What every command that writes takes.
struct WriteOptions: ParsableArguments {
  @Flag(help: "Save only; what was saved is sent at the next contact.")
  var offline = false
}
