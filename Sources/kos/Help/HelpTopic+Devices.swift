/// Devices and programs.
extension HelpTopic {
  static let devices = HelpTopic(
    name: Phrase("enheder", "devices"),
    title: Phrase(
      "Nye, tabte og stjålne enheder, og glemte adgangssætninger.",
      "New, lost and stolen devices, and forgotten passphrases."),
    text: Phrase(
      """
          kos device add          et link til endnu en enhed af dine egne
          kos device list         dine enheder
          kos device revoke NAVN --reason stolen    dens adgang ender for altid
          kos lock --after 15     kopien låser efter et kvarter uden brug

      Adgangssætningen er glemt:

          kos unlock --recover    en ny, med gendannelseskoden fra tilmeldingen
          kos rescue              uden koden: det usendte afleveres, ulæst, og du
                                  bekræfter det fra en anden enhed
          kos enroll LINK --replace    begynd forfra; det usendte nævnes først

      En kopieret eller gendannet enhed opdages. Dens arbejde går frem, men den får
      intet, før du bekræfter den fra en anden: kos device confirm.
      """,
      """
          kos device add          a link for another device of your own
          kos device list         your devices
          kos device revoke NAME --reason stolen    its access ends for good
          kos lock --after 15     the replica locks after 15 minutes without use

      The passphrase is forgotten:

          kos unlock --recover    a new one, with the recovery code of the enrolment
          kos rescue              without the code: what is unsent goes unread,
                                  and you confirm it from another device
          kos enroll LINK --replace    begin anew; what is unsent is named first

      One that was copied or restored is found out. Its work goes through, and it is
      sent nothing until you confirm it from another one: kos device confirm.
      """))

  static let scripts = HelpTopic(
    name: Phrase("programmer", "scripts"),
    title: Phrase(
      "kos fra scripts: JSON, slutkoder og standardinput.",
      "kos in scripts: JSON, exit codes, standard input."),
    text: Phrase(
      """
      --json giver ét objekt pr. linje, med samme nøgler i hvert sprog; fejl er et
      objekt på standardfejl. Uden terminal spørges der ikke: det, der mangler, er
      en fejl.

          kos case list --json
          kos note add F01 --file - < notat.txt
          kos sync --passphrase-file FIL
          kos watch --exec 'notify-send KOS "$KOS_COUNT"'

      Slutkoder:
          0 gjort
          1 uforudset
          2 kommandoen blev ikke forstået; intet er gjort
          3 afvist
          4 en konflikt eller afvist arbejde kræver en person
          5 uden net; det skrevne er gemt
          6 kopien er beskadiget
          7 låst
          8 enheden viser intet før næste forbindelse

      kos --generate-completion-script bash skriver fuldførelse til skallen.
      """,
      """
      --json gives one object a line, with the same keys in each language; errors
      are an object on standard error. Without a terminal nothing is asked: what is
      missing is an error.

          kos case list --json
          kos note add F01 --file - < note.txt
          kos sync --passphrase-file FILE
          kos watch --exec 'notify-send KOS "$KOS_COUNT"'

      Exit codes:
          0 done
          1 unforeseen
          2 the command was not understood; nothing was done
          3 refused
          4 a conflict or refused work needs a person
          5 offline; what was written is stored
          6 the replica is damaged
          7 locked
          8 the device shows nothing until the next contact

      kos --generate-completion-script bash writes completion for the shell.
      """))
}
