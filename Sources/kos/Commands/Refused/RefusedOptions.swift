import ArgumentParser

/// Which refused work a command is about.
struct RefusedOptions: ParsableArguments {
  @Argument(
    help: Phrase(
      "Dets nummer i refused list, eller begyndelsen af postens id.",
      "Its number in refused list, or the beginning of the record's id."
    ).help())
  var work: String
}
