"""What manual pages say that the programs' own help does not: headings, the environment and the files, in
each language that the programs speak."""

HEADINGS = {
    "en": {
        "NAME": "NAME", "SYNOPSIS": "SYNOPSIS", "DESCRIPTION": "DESCRIPTION", "ARGUMENTS": "ARGUMENTS",
        "OPTIONS": "OPTIONS", "SUBCOMMANDS": "SUBCOMMANDS", "EXIT STATUS": "EXIT STATUS",
        "ENVIRONMENT": "ENVIRONMENT", "FILES": "FILES", "SEE ALSO": "SEE ALSO",
    },
    "da": {
        "NAME": "NAVN", "SYNOPSIS": "OVERSIGT", "DESCRIPTION": "BESKRIVELSE", "ARGUMENTS": "ARGUMENTER",
        "OPTIONS": "TILVALG", "SUBCOMMANDS": "UNDERKOMMANDOER", "EXIT STATUS": "AFSLUTNINGSKODER",
        "ENVIRONMENT": "MILJØVARIABLER", "FILES": "FILER", "SEE ALSO": "SE OGSÅ",
    },
}

PHRASES = {
    "en": {
        "manual": "KOS Manual",
        "options": "options",
        "subcommand": "subcommand",
        "default": "It is {} unless told.",
        "values": "One of: {}.",
        "repeated": "May be given more than once.",
        "default subcommand": "Without a subcommand it does what {} does.",
        "exit": "The exit codes are those of {}.",
        "environment": "The environment and the files are those of {}.",
        "version": "Show the version.",
        "help": "Show help information.",
    },
    "da": {
        "manual": "KOS-manualen",
        "options": "tilvalg",
        "subcommand": "underkommando",
        "default": "Er {}, hvis intet siges.",
        "values": "En af: {}.",
        "repeated": "Kan gives flere gange.",
        "default subcommand": "Uden underkommando gør den det samme som {}.",
        "exit": "Koderne er dem for {}.",
        "environment": "Miljøvariabler og filer er dem for {}.",
        # ArgumentParser's own words, which the program cannot give in another language.
        "version": "Vis versionen.",
        "help": "Vis hjælp.",
    },
}

# What ArgumentParser says by itself, in English whatever the language.
PARSERS_OWN = {"Show the version.": "version", "Show help information.": "help"}

# Codes that no line of help tells of. Of kos, the help names all but the first.
UNFORESEEN = {"en": (1, "Something unforeseen."), "da": (1, "Noget uforudset.")}
KOSD_CODES = {
    "en": [
        (0, "Done; of serve: told to stop."),
        (1, "It could not be done, and standard error says why; of verify and drill: something is damaged."),
        (64, "The command was not understood."),
    ]
}

ENVIRONMENT = {
    "kos": {
        "en": [
            ("KOS_HOME", "The replica's folder where --home names none; ~/.kos where neither does."),
            ("LC_ALL, LC_MESSAGES, LANG",
             "The first of these that is set and not empty: where it begins with da, the program speaks"
             " Danish, else English. The option --lang chooses whatever they say."),
            ("VISUAL, EDITOR", "The editor for notes, the first that is set; else vi."),
            ("XDG_RUNTIME_DIR",
             "Where the text lies while an editor has it, if that is in memory; else /dev/shm. It is never"
             " written to a disk."),
        ],
        "da": [
            ("KOS_HOME", "Kopiens mappe, når --home ikke nævner en; ~/.kos, når ingen af dem gør."),
            ("LC_ALL, LC_MESSAGES, LANG",
             "Den første af dem, der er sat og ikke tom: begynder den med da, taler programmet dansk,"
             " ellers engelsk. Tilvalget --lang vælger, hvad end de siger."),
            ("VISUAL, EDITOR", "Redigeringsprogrammet til notater, det første der er sat; ellers vi."),
            ("XDG_RUNTIME_DIR",
             "Hvor teksten ligger, mens den redigeres, hvis det er i hukommelsen; ellers /dev/shm. Den"
             " skrives aldrig på en disk."),
        ],
    },
    "kosd": {
        "en": [
            ("KOSD_LISTEN",
             "Of Debian's service, which reads it in /etc/kosd/kosd.env: the address and port to listen on."),
            ("KOSD_OPTIONS", "Of the same: further options of kosd serve."),
        ]
    },
}

FILES = {
    "kos": {
        "en": [
            ("~/.kos/", "The replica, which only its owner may enter."),
            ("~/.kos/replica.db", "The records, each value sealed."),
            ("~/.kos/device.key",
             "The device's keys, under the passphrase unless it was enrolled without one."),
        ],
        "da": [
            ("~/.kos/", "Kopien, som kun dens ejer har adgang til."),
            ("~/.kos/replica.db", "Posterne, hver værdi forseglet."),
            ("~/.kos/device.key", "Enhedens nøgler, under adgangssætningen, hvis den er tilmeldt med en."),
        ],
    },
    "kosd": {
        "en": [
            ("DIR/", "The tenant, as --data names it: the database, and the keys that sign and stamp."),
            ("DIR.keys",
             "The database of the records' keys, and beside it DIR.keys.wrapping, what those are wrapped"
             " with. Back it up with kosd keys backup, apart from the rest."),
            ("DIR.ledger", "The ledger, which has a copy of its own and is never rolled back."),
            ("/var/lib/kosd/tenant", "The tenant that Debian's service kosd.service serves."),
            ("/etc/kosd/kosd.env", "Where that service listens, and further options of kosd serve."),
            ("/etc/kosd/tls.crt, /etc/kosd/tls.key", "Its certificate chain and private key, PEM."),
        ]
    },
}
