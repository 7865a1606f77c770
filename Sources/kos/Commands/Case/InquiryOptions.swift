import ArgumentParser

/// What was told of a family when somebody turned to the municipality.
struct InquiryOptions: ParsableArguments {
  @Option(help: Phrase("Kommunen, som familien bor i.", "The municipality that the family lives in.").help())
  var municipality: String?
  @Option(
    help: Phrase("Hvad henvendelsen sagde; gemmes i et notat.", "What the inquiry said; kept in a note.")
      .help())
  var text: String?

  /// Of `--source`, which is asked for where a case is opened, and must be given where it is open.
  static var source: ArgumentHelp {
    Phrase(
      "Hvem der henvendte sig: citizen, health_visitor, hospital, rehabilitation …",
      "Who turned to the municipality: citizen, health_visitor, hospital, rehabilitation …"
    ).help()
  }
}
