import ArgumentParser

/// What every command takes that gives access.
struct GrantOptions: ParsableArguments {
  @Flag(
    help: Phrase(
      "Vis kun, hvad modtageren ville se; gem intet.", "Only show what the recipient would see; save nothing."
    ).help())
  var preview = false
  @OptionGroup var write: WriteOptions
}
