/// What somebody new asks first.
extension HelpTopic {
  static let start = HelpTopic(
    name: Phrase("start", "start"),
    title: Phrase("De første minutter med kos.", "The first minutes with kos."),
    text: Phrase(
      """
      Du har fået et link. Det virker én gang og kun en kort tid:

          kos enroll LINK --passphrase

      Skriv gendannelseskoden ned, som vises én gang. Den åbner kopien igen, hvis
      adgangssætningen er glemt. Derefter ligger det, du må se, på denne maskine, og
      alt kan gøres uden netværk.

          kos                     hvad der venter på dig, og hvad du kan skrive
          kos case list           dine sager
          kos case show F01       hvor én sag står, og hvad det næste er
          kos note add F01        et notat; du bliver spurgt om teksten
          kos undo                det seneste, du skrev, tages tilbage

      Mangler du en oplysning i en kommando, spørger kos om den. kos KOMMANDO --help
      fortæller, hvad en kommando kan.
      """,
      """
      You were given a link. It works once, and for a short time:

          kos enroll LINK --passphrase

      Write down the recovery code, which is shown once. It opens the replica again
      when the passphrase is forgotten. From then on what you may see lies on this
      machine, and all work can be done without a network.

          kos                     what waits for you, and what you can type
          kos case list           your cases
          kos case show F01       where one case stands, and what is next
          kos note add F01        a note; you are asked for its text
          kos undo                what you wrote last is taken back

      Where a command lacks something, kos asks for it. kos COMMAND --help tells
      what a command takes.
      """))

  static let days = HelpTopic(
    name: Phrase("dage", "days"),
    title: Phrase("Sådan skrives dage og tider.", "How days and times are written."),
    text: Phrase(
      """
      En dag kan skrives, som man siger den:

          2026-07-14   14/7-2026   14.7.26   14/7
          i dag   i morgen   i går   fredag   i mandags   mandag i næste uge
          om 3 dage   om 2 uger   om en måned   for 3 dage siden

      Består den af flere ord, sættes de i anførselstegn, eller der skrives
      bindestreg for mellemrum: --due om-14-dage. Dagen står altid før måneden.
      Dage mere end 150 år tilbage eller 20 år frem tages ikke.

      Hvor noget er sket (--on, --held, --received, --since), er en dag uden år og
      et ugedagsnavn den seneste af dem; hvor noget skal ske (--due, --next, --until
      og dagen for et møde), er det den næste; ellers den nærmeste dag og den næste
      af ugedagene. Hvad der kan være flere dage, tages ikke: "næste uge", "næste
      fredag", så længe ugens egen fredag ikke er gået, og 24-12-26. Svaret på en
      kommando nævner den dag, der blev gemt.

      --on er den dag, noget skete; uden --on er det i dag. En dag, der ikke er
      kommet, tages kun, hvor noget kan være aftalt forud, som et møde, en
      indskrivning eller en indsats. Hvornår det blev skrevet og modtaget, noterer
      kos selv. Alle dage er danske kalenderdage.
      """,
      """
      A day can be written as people say it:

          2026-07-14   14/7-2026   14.7.26   14/7
          today   tomorrow   yesterday   friday   last monday   monday next week
          in 3 days   in 2 weeks   in a month   3 days ago

      One of several words stands in quotation marks, or with hyphens in place of
      the spaces: --due in-14-days. The day stands before the month, always. Days more
      than 150 years back or 20 years ahead are not taken.

      Where something has happened (--on, --held, --received, --since), a day without
      its year and a weekday are the last one of them; where something is to happen
      (--due, --next, --until and the day of a meeting) the next one; elsewhere the
      nearest such day, and the next of the weekdays. What may be several days is not
      taken: "next week", "next friday" while this week's friday is to come, and
      24-12-26. What a command answers names the day that was saved.

      --on is the day on which something happened; without it that is today. A day
      that has not come yet is taken only where something may have been agreed ahead,
      such as a meeting, an enrolment or an intervention. When it was written and
      received kos notes by itself. All days are Danish calendar days.
      """))

  static let references = HelpTopic(
    name: Phrase("henvisninger", "references"),
    title: Phrase("Sådan nævnes sager, poster og personer.", "How cases, records and people are named."),
    text: Phrase(
      """
      En sag nævnes ved sit navn på listen, ved sit nummer i kos case list eller ved
      begyndelsen af sit id. Numrene er dine egne: andre har andre. Til en kollega i
      telefonen siges navnet eller begyndelsen af id'et.

          kos case show F01
          kos case show 3
          kos case show 8c41

      En post i en sag nævnes ved sit nummer på sin liste eller ved begyndelsen af
      sit id; et mål 2 er nummer 2 i kos goal list F01. Står et nummer for noget
      andet, end da du sidst så listen, siger kos det og gør intet.

      En person nævnes ved navn eller id. Har to samme navn, viser kos begge med id.
      Du selv er me.

          kos participant add F01 --person Poul --role core-team
          kos explain --for me --case F01
      """,
      """
      A case is named by what it is called in lists, by its number in kos case list,
      or by the beginning of its id. The numbers are your own: others have others.
      On the telephone say the label or the beginning of the id.

          kos case show F01
          kos case show 3
          kos case show 8c41

      A record of a case is named by its number in its list or by the beginning of
      its id; goal 2 is number 2 in kos goal list F01. Where a number stands for
      something else than when you saw the list last, kos says so and does nothing.

      A person is named by name or id. Where two have one name, kos shows both with
      their ids. You yourself are me.

          kos participant add F01 --person Poul --role core-team
          kos explain --for me --case F01
      """))
}
