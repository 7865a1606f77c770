/// Protected contacts.
extension Phrase {
  static let contactUnread = Phrase(
    "I sag {0} kan ingen bagefter læse den beskyttede oplysning {1}. Lad efterfølgeren læse den: kos "
      + "protected-contact audience {0} {1} --let-in '{2}'",
    "Nobody in case {0} may read the protected contact {1} afterwards. Let in who takes over: kos "
      + "protected-contact audience {0} {1} --let-in '{2}'")
  static let contactsNotHere = Phrase(
    "Beskyttede oplysninger, som denne kopi ikke har, er ikke set efter: bed den, der kan læse dem, skrive "
      + "kos "
      + "protected-contact audience SAG N --let-in '{0}', før sagerne skifter hænder.",
    "Protected contacts that this replica does not hold were not looked at: ask who may read them for kos "
      + "protected-contact audience CASE N --let-in '{0}', before the cases change hands.")
  static let noCPRNumber = Phrase(
    "Det er ikke et CPR-nummer: ti cifre, med eller uden bindestreg før de sidste fire.",
    "That is no CPR number: ten digits, with or without a hyphen before the last four.")
  static let audienceHow = Phrase(
    "Sig, hvem der må (--let-in), og hvem der ikke må (--shut-out).",
    "Say who may (--let-in) and who may not (--shut-out).")
}
