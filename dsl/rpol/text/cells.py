"""Characters as a terminal shows them: how wide they are, and what stands for those that show nothing."""

from __future__ import annotations

import unicodedata

TAB = 4

# What must not reach a terminal as it is: controls, signs that turn the direction of writing, lone halves of pairs.
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def shown(text: str) -> str:
    """Return `text` with a sign in place of every character that is not seen or would steer the terminal."""
    return text if text.isascii() and text.isprintable() else "".join(map(_sign, text))


def _sign(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def cells(line: str) -> list[str]:
    """Return a line as one text a character, each as the terminal shows it: tabs as the spaces up to the next stop."""
    texts: list[str] = []
    column = 0
    for character in line:
        text = " " * (TAB - column % TAB) if character == "\t" else shown(character)
        texts.append(text)
        column += width(text)
    return texts


def width(text: str) -> int:
    """Return how many columns `text`, in which nothing is hidden, takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, first: int, following: int, most: int) -> list[str]:
    """Return `text` in lines of at most `most` columns, as far as words allow.

    `first` columns of the first line are taken already; the other lines are indented by `following`.
    """
    lines = [""]
    column = first
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            lines.append(" " * following)
            column = following
        fresh = True
        for word in shown(paragraph).split(" "):
            if not fresh and column + 1 + width(word) > most:
                lines.append(" " * following)
                column = following
                fresh = True
            lines[-1] += word if fresh else f" {word}"
            column += width(word) + (not fresh)
            fresh = False
    return [line.rstrip() for line in lines]
