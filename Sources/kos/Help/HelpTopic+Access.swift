/// Who sees what, and what needs a person.
extension HelpTopic {
  static let access = HelpTopic(
    name: Phrase("adgang", "access"),
    title: Phrase("Hvem der ser hvad, og hvorfor.", "Who sees what, and why."),
    text: Phrase(
      """
      Den, der læser en post, deltager i sagen og har en grund: sin rolle, et
      samtykke eller en lovhjemmel, for netop den type oplysninger og for alle,
      posten handler om. Ellers er den lukket. En forælder læser det, der er
      frigivet til hende.

          kos share F01           deltagelse og samtykke i ét; prøv --preview
          kos consent give F01    et samtykke; hver, der har myndighed, skriver under
          kos consent withdraw F01 1    trækkes tilbage; --dry-run viser følgen
          kos ground invoke F01   en lovhjemmel i stedet
          kos release give F01    til én bestemt forælder
          kos withholding add F01 én person læser det ikke, hvad der end ellers gælder
          kos protected-contact add F01    adresse og skole, lukket for alle andre
          kos restrict F01 POST   kun den, der skrev den, arbejder videre med den

      Hvem har set hvad:

          kos explain --for Hanne --case F01
          kos who-saw F01
          kos export F01 --for Mor --out FIL
      """,
      """
      Who reads a record takes part in the case and has a ground: her role, a
      consent or a legal basis, for just this type of information and for everybody
      whom the record is about. Else it is closed. A parent reads what is released
      to her.

          kos share F01           participation and consent in one; try --preview
          kos consent give F01    a consent; both who have custody sign it
          kos consent withdraw F01 1    withdrawn; --dry-run shows what follows
          kos ground invoke F01   a legal basis in its place
          kos release give F01    to one named parent
          kos withholding add F01 one person does not read it, whatever else is so
          kos protected-contact add F01    address and school, closed to all others
          kos restrict F01 RECORD only who wrote it works with it

      Who saw what:

          kos explain --for Hanne --case F01
          kos who-saw F01
          kos export F01 --for Mor --out FILE
      """))

  static let confirmations = HelpTopic(
    name: Phrase("bekræftelser", "confirmations"),
    title: Phrase(
      "Hvad der venter på en person, før det gælder.", "What waits for a person before it counts."),
    text: Phrase(
      """
      kos alene viser det, der venter på dig.

      Afvist         Du måtte ikke. Det, du skrev, er hos dig med grunden, til du
                     giver slip på det: kos refused list, kos refused forget
      Karantæne      Skrevet, før forfatteren vidste, at adgangen var ændret. Den, der
                     afgør sagen, tager det ind eller giver det tilbage:
                     kos quarantine list, kos quarantine accept, kos quarantine refuse
      Tilbageholdt   Du skrev det, før du vidste, at flere kan læse det:
                     kos held list, kos held confirm, kos held withdraw
      To ledere      Sletning, flytning og beløb: én foreslår, en anden bekræfter:
                     kos erasure confirm, kos transfer confirm,
                     kos authority-limit confirm
      Fra en anden   Sager, der kom fra en anden kommune:
                     kos arrival list, kos arrival confirm
      En enhed       En kopieret eller gendannet enhed får intet, før seks cifre er
                     sammenlignet: kos device confirm

      Det, ingen afgør i 30 dage, går til lederen.
      """,
      """
      kos alone shows what waits for you.

      Refused        You may not. What you wrote is with you, and the reason, until
                     you let go of it: kos refused list, kos refused forget
      Quarantine     Written before its author knew that her access had changed. Who
                     decides for the case takes it in or gives it back:
                     kos quarantine list, kos quarantine accept, kos quarantine refuse
      Held           You wrote it before you knew that more people can read it:
                     kos held list, kos held confirm, kos held withdraw
      Two leaders    Erasing, moving and limits: one proposes, another one confirms:
                     kos erasure confirm, kos transfer confirm,
                     kos authority-limit confirm
      Arrivals       Cases that came from another municipality:
                     kos arrival list, kos arrival confirm
      A device       One that was copied or restored is sent nothing until six digits
                     were compared: kos device confirm

      What nobody decides in 30 days goes to the leader.
      """))
}
