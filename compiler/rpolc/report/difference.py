"""A difference of two versions: for people at a terminal, for a pull request, and as data (docs/reference/json.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from rpol.runtime.bounds import Verdict
from rpol.runtime.decision import ClauseRef, plain
from rpol.runtime.ladder import WORDS
from rpol.text.diagnostic import Region
from rpol.text.render import case
from rpolc.difference.changes import DIRECTIONS, Decided, Details
from rpolc.difference.telling import ToldChange, ToldDifference
from rpolc.report.counted import counted
from rpolc.report.layout import Section, lay_out
from rpolc.report.problem import region_data

# How many regions of one change are written out, and how many values of one attribute; the rest is counted.
_MOST_REGIONS: Final = 10
_MOST_VALUES: Final = 12
# How many exceptions of one region.
_MOST_EXCEPTIONS: Final = 5
_INDENT: Final = "  "
_SAME: Final = "No decision changes."
_TICKS: Final = re.compile("`+")
# The key of what is decided without an instrument.
_NO_INSTRUMENT: Final = "none"


def summary(told: ToldDifference) -> str:
    """Return in one line what the difference comes to."""
    numbers = {name: number for name, number in counts(told).items() if number}
    if numbers:
        parts = ", ".join(f"{number:,} {name}" for name, number in numbers.items())
        said = f"{counted(sum(numbers.values()), 'change')}: {parts}."
    else:
        said = _SAME
    return f"{said} Some cases exist in one version alone." if next(_apart(told), None) else said


def counts(told: ToldDifference) -> dict[str, int]:
    """Return how many changes go in each direction."""
    return {way: sum(1 for one in told.changes if one.change.direction == way) for way in DIRECTIONS}


# ---------------------------------------------------------------- for people


def describe(told: ToldDifference, *, width: int, heading: Callable[[str], str] = str) -> str:
    """Return the difference as text, at most `width` wide where words allow; `heading` sets a heading off."""
    blocks = [f"{told.old} -> {told.new}"]
    for one in told.changes:
        blocks.append(heading(_title(one)))
        for _, sections in _blocks(one):
            lines = lay_out(sections, width=width - len(_INDENT))
            blocks.append("\n".join(f"{_INDENT}{head}{text}".rstrip() for head, text in lines))
    apart = lay_out((Section("Apart", tuple(_apart(told))),), width=width)
    blocks.append("\n".join(f"{head}{text}".rstrip() for head, text in apart))
    return "\n\n".join(block for block in (*blocks, summary(told)) if block)


def _title(one: ToldChange) -> str:
    old, new = _outcome(one.change.old), _outcome(one.change.new)
    return f"{one.change.direction}: {f'{new} as before' if old == new else f'{old} -> {new}'}"


def _blocks(one: ToldChange) -> Iterator[tuple[Details | None, list[Section]]]:
    """Yield the regions of a change, with what is decided there where that was not said just before."""
    said: Details | None = None
    for changed, region in one.regions[:_MOST_REGIONS]:
        sections = [Section("Where", (region.shortened(_MOST_EXCEPTIONS), *_kinds(changed.kinds)))]
        if region.witness:
            sections.append(Section("Case", (case(region.witness),)))
        if changed.details != said:
            sections += _sections(changed.details)
            said = changed.details
        yield said, sections
    if len(one.regions) > _MOST_REGIONS:
        yield None, [Section("", (f"and in {counted(len(one.regions) - _MOST_REGIONS, 'more region')}",))]


def _sections(details: Details) -> Iterator[Section]:
    yield Section("Before", tuple(_reasons(details.old)))
    yield Section("After", tuple(_reasons(details.new)))
    yield Section("Under", tuple(_instruments(details)))
    yield Section("Duties", tuple(_duties(details)))


def _kinds(number: int | None) -> Iterator[str]:
    if number is not None:
        yield counted(number, "kind") + " of case"


def _outcome(verdict: Verdict) -> str:
    outcome, mark = verdict
    return f"{outcome} ({WORDS[outcome]}{f', {mark}' if mark else ''})"


def _reasons(decided: Decided) -> Iterator[str]:
    for ref in decided.because:
        yield _clause(ref)
    if not decided.because:
        yield "no rule stands"


def _clause(ref: ClauseRef) -> str:
    label = f" {ref.label}" if ref.label and ref.label != ref.control else ""
    paragraph = f' "{ref.paragraph}"' if ref.paragraph else ""
    source = f", {ref.instrument}{paragraph}" if ref.instrument else ""
    cite = f", {ref.cite}" if ref.cite else ""
    return f"{ref.effect}{label} of {ref.control}{source}{cite}"


def _instruments(details: Details) -> Iterator[str]:
    """Yield what changes under each instrument, unless one changes as the outcome does."""
    outcomes = details.old.outcome, details.new.outcome
    if [under for _, *under in details.instruments] != [[*outcomes]]:
        for name, old, new in details.instruments:
            source = "no instrument" if name == _NO_INSTRUMENT else name
            yield f"{source}: {old or 'nothing'} -> {new or 'nothing'}"


def _duties(details: Details) -> Iterator[str]:
    yield from (f"no longer: {_owed(*duty)}" for duty in details.duties_gone)
    yield from (f"new: {_owed(*duty)}" for duty in details.duties_new)


def _owed(text: str, instrument: str | None, route: str | None) -> str:
    source = [*([instrument] if instrument else []), *([f"on the route {route}"] if route else [])]
    return f"{text} ({', '.join(source)})" if source else text


def _apart(told: ToldDifference) -> Iterator[str]:
    for one in told.difference.apart:
        shown = ", ".join(one.values[:_MOST_VALUES])
        more = f" and {len(one.values) - _MOST_VALUES:,} more" if len(one.values) > _MOST_VALUES else ""
        yield f"Only the {one.side} version knows {one.attribute} {shown}{more}; such cases are not compared."
    for side, regions in zip(("old", "new"), told.possible_in_one, strict=True):
        for region in regions[:_MOST_REGIONS]:
            yield f"Only in the {side} version a case is possible where {region.text}; such cases are not compared."
        if len(regions) > _MOST_REGIONS:
            yield f"and in {counted(len(regions) - _MOST_REGIONS, 'more region')}"


# ---------------------------------------------------------------- for a pull request


def markdown(told: ToldDifference) -> str:
    """Return the difference as Markdown: a table of changes, with a case to try and the sources of both sides."""
    lines = [f"### Decisions: {_code(told.old)} → {_code(told.new)}", "", f"**{summary(told)}**"]
    for direction in DIRECTIONS:
        changes = [one for one in told.changes if one.change.direction == direction]
        if changes:
            lines += ["", f"#### {direction.capitalize()}", "", "| Before | After | Where |", "|---|---|---|"]
            lines += (row for one in changes for row in _rows(one))
    apart = list(_apart(told))
    if apart:
        lines += ["", "#### Not compared", "", *(f"- {_escaped(text)}" for text in apart)]
    return "\n".join(lines)


def _rows(one: ToldChange) -> Iterator[str]:
    for changed, region in one.regions[:_MOST_REGIONS]:
        details = changed.details
        beside = [_escaped(text) for text in chain(_kinds(changed.kinds), _instruments(details), _duties(details))]
        cells = _side(details.old), _side(details.new), "<br>".join([_where(region), *beside])
        yield f"| {' | '.join(cells)} |"
    if len(one.regions) > _MOST_REGIONS:
        yield f"| | | and in {counted(len(one.regions) - _MOST_REGIONS, 'more region')} |"


def _where(region: Region) -> str:
    tried = f"<br>e.g. {_code(case(region.witness))}" if region.witness else ""
    return f"{_code(region.shortened(_MOST_EXCEPTIONS))}{tried}"


def _side(decided: Decided) -> str:
    reasons = [_linked(ref) for ref in decided.because] or ["no rule stands"]
    mark = f", {decided.mark}" if decided.mark else ""
    return "<br>".join([f"**{decided.outcome}**", f"{WORDS[decided.outcome]}{mark}", *reasons])


def _linked(ref: ClauseRef) -> str:
    text = _escaped(_clause(ref).removesuffix(f", {ref.cite}"))
    safe = (
        ref.cite is not None and ref.cite.startswith(("http://", "https://")) and not set(ref.cite) & set(" ()<>|\"'")
    )
    return f"[{text}]({ref.cite})" if safe else text


def _code(text: str) -> str:
    """Return text that Markdown shows as it is, also in a table."""
    line = " ".join(text.split()).replace("|", "\\|")
    fence = "`" * (1 + max(map(len, _TICKS.findall(line)), default=0))
    return f"{fence} {line} {fence}" if len(fence) > 1 else f"{fence}{line}{fence}"


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in " ".join(text.split()))


# ---------------------------------------------------------------- as data


def as_data(told: ToldDifference) -> dict[str, object]:
    """Return the difference as JSON-ready data, with all its regions."""
    return {
        "old": told.old,
        "new": told.new,
        "same": told.difference.same,
        "counts": counts(told),
        "changes": [entry for one in told.changes for entry in _entries(one)],
        "apart": [plain(one) for one in told.difference.apart],
        "possible_in_old_only": [region_data(region) for region in told.possible_in_one[0]],
        "possible_in_new_only": [region_data(region) for region in told.possible_in_one[1]],
    }


def _entries(one: ToldChange) -> Iterator[Mapping[str, object]]:
    (old, old_mark), (new, new_mark) = one.change.old, one.change.new
    for changed, region in one.regions:
        details = changed.details
        yield {
            "old": old,
            "new": new,
            "old_mark": old_mark,
            "new_mark": new_mark,
            "direction": one.change.direction,
            "region": region.text,
            "base": region.base,
            "except": list(region.excepted),
            "witness": dict(region.witness),
            "kinds": changed.kinds,
            "because_old": _refs(details.old.because),
            "because_new": _refs(details.new.because),
            "instruments": [{"instrument": name, "old": old, "new": new} for name, old, new in details.instruments],
            "duties_gone": [_duty(*duty) for duty in details.duties_gone],
            "duties_new": [_duty(*duty) for duty in details.duties_new],
        }


def _refs(refs: Sequence[ClauseRef]) -> list[object]:
    return [plain(ref) for ref in refs]


def _duty(text: str, instrument: str | None, route: str | None) -> dict[str, object]:
    return {"text": text, "instrument": instrument, "route": route}
