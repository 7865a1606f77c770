/// Protected contacts.
extension Phrase {
  static let noCPRNumber = Phrase(
    "Det er ikke et CPR-nummer: ti cifre, med eller uden bindestreg før de sidste fire.",
    "That is no CPR number: ten digits, with or without a hyphen before the last four.")
  static let audienceHow = Phrase(
    "Sig, hvem der må (--let-in), og hvem der ikke må (--shut-out).",
    "Say who may (--let-in) and who may not (--shut-out).")
}
