"""What stands around an effect, an instrument or an act: each word once, windows, what adds up (language.md, 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from attrs import frozen

from rpol.model import problems
from rpol.model.policy import Window
from rpol.model.resolution.amounts import day
from rpol.model.resolution.names import Names
from rpol.model.resolution.statements import Anchor
from rpol.syntax.nodes import As, Bound, Duty, Head, Issued, Name, Note, Overrides, Supplements, Under, When
from rpol.text.source import Place

Once = TypeVar("Once", As, Under, When, Issued, Bound)


@frozen
class Days:
    """A window as written, and where its ends are written."""

    window: Window
    start: Place | None
    end: Place | None


@frozen
class Words:
    """The words of one head or clause, sorted."""

    label: Name | None
    under: Under | None
    when: When | None
    days: Days
    duties: tuple[str, ...]
    notes: tuple[str, ...]
    overrides: tuple[Name, ...]
    supplements: tuple[Name, ...]


NO_DAYS: Final = Days(Window(), None, None)
NO_WORDS: Final = Words(None, None, None, NO_DAYS, (), (), (), ())


def words(names: Names, head: Sequence[Head], anchor: Anchor) -> Words:
    """Return the words of a head; of one that may stand once only the first holds, and others are reported."""
    if not head:
        return NO_WORDS
    label = once(names, [one for one in head if isinstance(one, As)], "as", anchor)
    return Words(
        label=None if label is None else label.name,
        under=once(names, [one for one in head if isinstance(one, Under)], "under", anchor),
        when=once(names, [one for one in head if isinstance(one, When)], "when", anchor),
        days=days(names, [one for one in head if isinstance(one, Bound)], anchor),
        duties=tuple(one.text.text for one in head if isinstance(one, Duty)),
        notes=tuple(one.text.text for one in head if isinstance(one, Note)),
        overrides=tuple(name for one in head if isinstance(one, Overrides) for name in one.names),
        supplements=tuple(name for one in head if isinstance(one, Supplements) for name in one.names),
    )


def once(names: Names, found: Sequence[Once], word: str, anchor: Anchor) -> Once | None:
    """Return the first of `found`; report the others, since `word` may stand only once."""
    for again in found[1:]:
        names.found.append(problems.law.repeated_word(anchor.place(again), word, anchor.place(found[0])))
    return found[0] if found else None


def days(names: Names, bounds: Sequence[Bound], anchor: Anchor) -> Days:
    """Return the window that `bounds` give: `through D` ends before the next day, `before D` before D."""
    if not bounds:
        return NO_DAYS
    start = once(names, [one for one in bounds if one.word == "effective"], "a start", anchor)
    end = once(names, [one for one in bounds if one.word != "effective"], "an end", anchor)
    first = None if start is None else day(names, start.day, anchor)
    last = None if end is None else day(names, end.day, anchor)
    out = last + 1 if last is not None and end is not None and end.word == "through" else last
    found = Days(
        Window(first, out),
        None if start is None else anchor.place(start),
        None if end is None else anchor.place(end),
    )
    check_order(names, found)
    return found


def check_order(names: Names, found: Days) -> None:
    """Report a window that ends before it starts."""
    start, end = found.window.start, found.window.end
    if start is not None and end is not None and end <= start and found.start is not None and found.end is not None:
        names.found.append(problems.law.backward_window(found.end, found.start))


def check_start(names: Names, found: Days, instrument: str, law: Window, law_place: Place) -> None:
    """Report a start that lies before the start of the instrument it stands under."""
    if found.start is None or found.window.start is None or law.start is None:
        return
    if found.window.start < law.start:
        names.found.append(problems.law.start_before_instrument(found.start, instrument, law.start, law_place))
