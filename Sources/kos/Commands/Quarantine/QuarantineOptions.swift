import ArgumentParser

/// Which work in quarantine a command is about.
struct QuarantineOptions: ParsableArguments {
  @Argument(
    help: Phrase(
      "Dets nummer i quarantine list, eller begyndelsen af dets id.",
      "Its number in quarantine list, or the beginning of its id."
    ).help())
  var id: String
}
