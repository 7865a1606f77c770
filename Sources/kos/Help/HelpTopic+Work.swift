/// The work on cases.
extension HelpTopic {
  static let course = HelpTopic(
    name: Phrase("forløb", "course"),
    title: Phrase("En sags vej fra henvendelse til opfølgning.", "A case's way from inquiry to follow-up."),
    text: Phrase(
      """
      0   henvendelse    kos case new --source, kos case inquiry
      1   fordeling      kos case eligibility, allocate, offer, accept, enrol
      2   udredning      kos meeting call --kind assessment, kos assessment note
      3   oplysninger    kos request add, kos request receive
      4   analysemøde uden forældre     kos meeting call --kind analysis
      5   det, der mangler              kos request add, kos share
      6   analysemøde med forældre      kos release give, kos meeting hold
      7a  afgørelser     kos decision prepare, issue, deliver
      7b  planen         kos goal add, kos goal rank, kos task add, kos plan agree
      8   statusmøde     kos agenda show, kos status-meeting hold
      9   nyt udefra     kos update triage
      10  kontakt        kos contact log, kos visit log, mindst hver måned
      11  opfølgning     kos follow-up hold, hver 3. måned

      kos change add, når noget stort ændrer sig i familien: så afgør en person, om
      trin 2-7 tages igen.

          kos step list F01       hvor sagen står, og hvad den venter på
          kos step show F01 7a    hvad et trin er, og hvad der mangler

      Kommunens egen rækkefølge kan være en anden: kos workflow show.
      """,
      """
      0   inquiry        kos case new --source, kos case inquiry
      1   allocation     kos case eligibility, allocate, offer, accept, enrol
      2   assessment     kos meeting call --kind assessment, kos assessment note
      3   information    kos request add, kos request receive
      4   analysis meeting without parents     kos meeting call --kind analysis
      5   what is missing                      kos request add, kos share
      6   analysis meeting with parents        kos release give, kos meeting hold
      7a  decisions      kos decision prepare, issue, deliver
      7b  the plan       kos goal add, kos goal rank, kos task add, kos plan agree
      8   status meeting kos agenda show, kos status-meeting hold
      9   news           kos update triage
      10  contact        kos contact log, kos visit log, at least each month
      11  follow-up      kos follow-up hold, each third month

      kos change add when something big changes in the family: a person then decides
      whether steps 2-7 are taken again.

          kos step list F01       where the case stands, and what it waits for
          kos step show F01 7a    what a step is, and what is missing

      A municipality's own order may be another one: kos workflow show.
      """))

  static let offline = HelpTopic(
    name: Phrase("uden-net", "offline"),
    title: Phrase(
      "Arbejde uden netværk, og hvad der sker bagefter.", "Work without a network, and what follows."),
    text: Phrase(
      """
      Alt, hvad du skriver, er gemt på denne maskine, før kommandoen siger det. Er
      der netværk, sendes det straks; ellers ved næste forbindelse, eller med kos
      sync.

          kos sync                udveksl nu
          kos status              hvad der venter, og hvad der er afvist og hvorfor
          kos watch               hold forbindelsen, og vis, hvad der kommer

      Serveren svarer på hver ændring: modtaget, afvist med en grund, i karantæne
      eller tilbageholdt. Intet forsvinder: det afviste ligger hos dig, til du har
      set det.

      Uden noget netværk overhovedet bæres en fil til serveren og en tilbage:

          kos bundle write FIL
          kos bundle take SVAR

      Enheden viser kun sit indhold, til dens frist udløber; kos status fortæller
      hvornår. Derefter kan der stadig skrives og sendes, og næste forbindelse
      åbner.
      """,
      """
      All that you write is stored on this machine before the command says so. Where
      there is a network it is sent at once; else at the next contact, or by kos
      sync.

          kos sync                exchange now
          kos status              what waits, and what was refused and why
          kos watch               stay connected, and show what arrives

      The server answers each change: accepted, refused with a reason, in
      quarantine, or held. Nothing vanishes: what was refused stays with you until
      you have seen it.

      With no network at all a file is carried to the server, and one back:

          kos bundle write FILE
          kos bundle take REPLY

      The device shows its content until its lease ends; kos status tells when. From
      then on it takes and sends work, and the next contact opens it.
      """))

  static let settlement = HelpTopic(
    name: Phrase("afklaring", "settlement"),
    title: Phrase(
      "Når to skriver det samme felt, eller en regel brydes.",
      "When two write one field, or a rule is broken."),
    text: Phrase(
      """
      Skriver to det samme felt uden at kende hinandens, bliver begge værdier
      stående, med navn og tid, til en person afgør det. Det samme gælder poster,
      der hver for sig er gode, men tilsammen bryder en regel: to koordinatorer, et
      besøg skrevet to gange, et mål ændret efter at familien sagde ja til planen.

          kos conflicts           hvad der skal afgøres; kode 4, når der er noget
          kos resolve 1 --value 2 den anden af de viste værdier bliver stående
          kos resolve 1 --text …  en ny værdi
          kos resolve 3 --accept --reason …    det skal stå, som det er

      En afgørelse er selv en ændring, som alle får. Feltet rettes igen som ethvert
      andet. En regel, der er afgjort, afgøres igen ved afgørelsens id:

          kos conflicts --settled
          kos resolve 3fa2c81d --corrected --reason …

          kos undo                det seneste, du skrev, tages tilbage
          kos undo --redo         og gælder igen
          kos undo --list         det, du skrev sidst, med numre: kos undo NUMMER
      """,
      """
      Where two write one field without knowing of each other, both values stay,
      with name and time, until a person settles it. So do records that are well
      each for itself and break a rule together: two coordinators, a visit that was
      recorded twice, a goal that was changed after the family had agreed the plan.

          kos conflicts           what is to be settled; exit code 4 if any
          kos resolve 1 --value 2 the second of the values shown stays
          kos resolve 1 --text …  a new value
          kos resolve 3 --accept --reason …    it stands as it is

      A settlement is a change itself, which all get. The field is changed again as
      any other. A rule that was settled is settled anew by the settlement's id:

          kos conflicts --settled
          kos resolve 3fa2c81d --corrected --reason …

          kos undo                what you wrote last is taken back
          kos undo --redo         and stands again
          kos undo --list         what you wrote last, numbered: kos undo NUMBER
      """))
}
