"""What would lead to another outcome: in sentences, and as data (docs/reference/json.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from rpol.runtime.axes import DATE, KNOWN_ON, SCENARIO, OrderedAxis
from rpol.runtime.contents import Box
from rpol.runtime.ladder import WORDS
from rpol.runtime.numerals import day_text
from rpolc.analysis.phrases import region_text
from rpolc.analysis.pick import pick
from rpolc.analysis.vocabulary import Vocabulary
from rpolc.analysis.why_not import Way, WhyNot
from rpolc.analysis.witness import in_request_form
from rpolc.report.counted import counted
from rpolc.report.layout import Section, lay_out
from rpolc.space.box import Space, at

_NUMBERS: Final = {1: "one fact", 2: "two facts", 3: "three facts", 4: "four facts"}


@frozen
class ToldWay:
    """A way in words: what must be other, what must be so of what was not given, and the values of one such case."""

    attributes: tuple[str, ...]
    change: str
    besides: str
    facts: dict[str, object]


@frozen
class ToldWhyNot:
    """All of it in words; `first_day` as a text."""

    possible: tuple[str, ...]
    wanted: tuple[str, ...]
    ways: tuple[ToldWay, ...]
    first_day: str | None
    tried: int

    @property
    def found(self) -> bool:
        """Whether anything leads to a wanted outcome."""
        return bool(self.ways) or self.first_day is not None


def tell(answer: WhyNot, wanted: Sequence[str], vocabulary: Vocabulary) -> ToldWhyNot:
    """Return the answer in words."""
    ways = tuple(_tell_way(way, vocabulary) for way in answer.ways)
    return ToldWhyNot(answer.possible, tuple(wanted), ways, _day(answer.first_day, vocabulary), answer.tried)


def _tell_way(way: Way, vocabulary: Vocabulary) -> ToldWay:
    axes = vocabulary.contents.axes

    def of(names: Sequence[str]) -> Box:
        return tuple(cell for cell in way.where if axes[cell[0]].attribute in names)

    given = {axes[axis].attribute for axis, _ in way.where} - {DATE, KNOWN_ON, SCENARIO}
    others = sorted(given - set(way.attributes) - set(way.fixed))
    space = Space(tuple(axis.size for axis in axes))
    form = in_request_form(vocabulary, pick(vocabulary, space, at(way.case, space)), frozenset(way.attributes))
    return ToldWay(
        way.attributes,
        region_text(vocabulary, of(way.attributes), within=way.where) if way.attributes else "",
        region_text(vocabulary, of(others), within=way.where) if others else "",
        {name: form[name] for name in way.attributes},
    )


def _day(number: int | None, vocabulary: Vocabulary) -> str | None:
    if number is None:
        return None
    axis = next(axis for axis in vocabulary.contents.axes if axis.attribute == DATE)
    assert isinstance(axis, OrderedAxis)
    return day_text(int(axis.cuts[number - 1][0]))


# ---------------------------------------------------------------- for people


def describe(told: ToldWhyNot, *, width: int) -> str:
    """Return the answer as text."""
    lines = [f"As asked: {_either(told.possible)}. Wanted: {_either(told.wanted)}."]
    lines += ["", *(f"{head}{text}".rstrip() for head, text in lay_out(_sections(told), width=width))]
    return "\n".join(lines)


def _sections(told: ToldWhyNot) -> Iterator[Section]:
    if told.ways and not told.tried:
        yield Section("It is so", tuple(f"where {way.besides}" if way.besides else "as asked" for way in told.ways))
    elif told.ways:
        yield Section("", (f"It would be so if {_NUMBERS[told.tried]} were other, all else as asked:",))
        for number, way in enumerate(told.ways):
            besides = f", given that {way.besides}" if way.besides else ""
            yield Section("or" if number else "either" if len(told.ways) > 1 else "", (f"{way.change}{besides}",))
    else:
        tried = counted(told.tried, "fact")
        yield Section("", (f"No change of up to {tried} leads there.",))
    if told.first_day is not None:
        yield Section("In time", (f"From {told.first_day} on it is possible, all else as asked.",))


def _either(outcomes: Sequence[str]) -> str:
    return " or ".join(f"{outcome} ({WORDS[outcome]})" for outcome in outcomes) or "no such case exists"


# ---------------------------------------------------------------- as data


def as_data(told: ToldWhyNot) -> dict[str, object]:
    """Return the answer as JSON-ready data."""
    return {
        "possible": list(told.possible),
        "wanted": list(told.wanted),
        "changed": told.tried if told.ways else None,
        "ways": [
            {"attributes": list(way.attributes), "change": way.change, "given": way.besides, "facts": way.facts}
            for way in told.ways
        ],
        "tried": told.tried,
        "first_day": told.first_day,
    }
