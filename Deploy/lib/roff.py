"""Writes text as the man macros want it: what roff would take for a request, an escape or a hyphen of its
own to break at is escaped, options and commands in a sentence are bold, and lines are short."""

import re
import textwrap

# What a reader types: an option, a command of the program with its words, a path or an address, a name in
# capitals with an underscore. Its hyphens are to be copied, so they must not become typographic ones.
OPTION = r"(?<![\w-])--?[a-zA-Z][\w-]*"
COMMAND = r"\bkosd? [a-z]+(?:-[a-z]+)*\b"
LITERAL = r"\$?~?[\w.]*[/:_][\w./:#~-]*[\w#]"
TYPED = re.compile(f"{OPTION}|{COMMAND}|{LITERAL}")

ESCAPES = {"\\": r"\e", "~": r"\(ti", "^": r"\(ha", "`": r"\(ga", '"': r"\(dq"}


def literal(text):
    """Text that is typed as it stands."""
    escaped = "".join(ESCAPES.get(character, character) for character in text)
    return escaped.replace("-", r"\-").replace("'", r"\(aq")


def bold(text):
    return rf"\fB{literal(text)}\fP"


def italic(text):
    return rf"\fI{literal(text)}\fP"


def prose(text):
    """A sentence, in which what is typed is told from the rest."""
    parts, end = [], 0
    for match in TYPED.finditer(text):
        parts.append(plain(text[end : match.start()]))
        found = match.group()
        parts.append(literal(found) if "/" in found or "_" in found or ":" in found else bold(found))
        end = match.end()
    return "".join(parts) + plain(text[end:])


def plain(text):
    # A hyphen inside a word may stay one; any other is a minus or a dash that stands for itself.
    escaped = "".join(ESCAPES.get(character, character) for character in text)
    return re.sub(r"(?<![^\W\d_])-|-(?![^\W\d_])", r"\-", escaped)


def paragraph(text):
    """Lines of a sentence or more. A line that ends in a full stop is the end of a sentence for roff, and one
    that begins with a full stop or an apostrophe is a request: where that is not so, `\\&` says so."""
    # Bold words stay together, so that no change of font is left open at the end of a line.
    kept = re.sub(r"\\fB.*?\\fP", lambda found: found.group().replace(" ", "\0"), prose(text))
    lines = textwrap.wrap(kept, 76, break_long_words=False, break_on_hyphens=False)
    lines = [line.replace("\0", " ") for line in lines]
    for number, line in enumerate(lines):
        if number + 1 < len(lines) and line[-1] in ".!?" and lines[number + 1][0].islower():
            lines[number] += r"\&"
        if line[0] in ".'":
            lines[number] = r"\&" + lines[number]
    return "\n".join(lines)


def quoted(text):
    """An argument of a macro."""
    return '"' + text + '"'


class Page:
    """One manual page, as it grows."""

    def __init__(self, name, section, date, source, manual, comment):
        self.name, self.section = name, section
        heading = [literal(name.upper()), section, date, literal(source), plain(manual)]
        self.lines = [
            r".\" -*- mode: nroff; coding: UTF-8 -*-",
            rf'.\" {comment}',
            ".TH " + " ".join(quoted(word) for word in heading),
            # No hyphenation and no stretched lines: a name that is broken cannot be searched for.
            ".nh",
            ".ad l",
        ]
        self.after_heading = False

    def heading(self, text):
        self.lines.append(".SH " + quoted(plain(text)))
        self.after_heading = True

    def text(self, text):
        if not self.after_heading:
            self.lines.append(".PP")
        self.roff(paragraph(text))

    def roff(self, text):
        self.lines.append(text)
        self.after_heading = False

    def item(self, tag, *paragraphs):
        """A word and what it means; the word is roff already."""
        self.lines += [".TP", tag]
        for number, text in enumerate(paragraphs):
            if number > 0:
                self.lines.append(".IP")
            self.lines.append(paragraph(text))
        self.after_heading = False

    def written(self):
        return "\n".join(self.lines) + "\n"
