"""A table decides as trying every completion does: on random tables and requests, every field of the decision."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.runtime.oracle import Found, fewest, found_for
from tests.unit.runtime.worlds import Sketch, Vocabulary, one_of, party, set_of

from rpol.runtime.axes import BASE, DATE, OrderedAxis
from rpol.runtime.contents import Box, Contents, Doubt, Fact
from rpol.runtime.decision import Decision
from rpol.runtime.errors import ImpossibleCase
from rpol.runtime.ladder import MARKS, OUTCOMES
from rpol.runtime.numerals import day_text
from rpol.runtime.read import read
from rpol.runtime.table import Table

ITEM = one_of("item", ["a"], ["b"], ["c"], optional=True, top=["a", "b"])
USE = set_of("use", ["military", "wmd"], ["civil"])
BUYER = party("buyer", ["acme", "globex"])
VOCABULARY = Vocabulary(
    (ITEM[0], USE[0], BUYER[0]), (ITEM[1], *USE[1], BUYER[1]), ("2025-01-01", "2025-06-01"), ("later",)
)
EFFECTS = ("license", "license", "review", "deny", "prohibit", "allow", "exempt", "permit", "oblige")


AXES = [number for number, axis in enumerate(VOCABULARY.all_axes) if axis.size > 1]


@st.composite
def boxes(draw: st.DrawFn, least: int = 0) -> Box:
    """Draw a box that narrows few axes, to any mask but none and all."""
    narrowed = draw(st.sets(st.sampled_from(AXES), min_size=least, max_size=2))
    sizes = [(number, VOCABULARY.all_axes[number].size) for number in sorted(narrowed)]
    return tuple((number, draw(st.integers(1, (1 << size) - 2))) for number, size in sizes)


@st.composite
def contents(draw: st.DrawFn) -> Contents:
    """Draw contents that fit together: lifting follows an order, reviews rest on licences, reaching has no circle."""
    sketch = Sketch(VOCABULARY)
    regions = st.lists(boxes(), min_size=1, max_size=2)
    effects = ["license", *draw(st.lists(st.sampled_from(EFFECTS), min_size=1, max_size=6))]
    place = draw(st.permutations(range(len(effects))))
    licences = [number for number, effect in enumerate(effects) if effect == "license"]

    def some(numbers: list[int], least: int = 0) -> list[int]:
        return sorted(draw(st.sets(st.sampled_from(numbers), min_size=least, max_size=3))) if numbers else []

    for number, effect in enumerate(effects):
        later = [other for other in range(len(effects)) if place[other] > place[number]]
        lifting = (
            [n for n in later if effects[n] in ("license", "prohibit")] if effect in ("exempt", "permit") else later
        )
        sketch.clause(
            effect,
            *draw(regions),
            bare=draw(st.none() | regions),
            control=draw(st.sampled_from(["one", "two"])),
            label=draw(st.none() | st.just(f"as{number}")),
            instrument=draw(st.sampled_from([None, "law", "act"])),
            duties=draw(st.lists(st.sampled_from(["report", "keep"]), max_size=1)),
            rests_on=some(licences, 1) if effect in ("review", "deny") else (),
            reached_through=some(licences[: licences.index(number)] if effect == "license" else licences)
            if draw(st.integers(0, 4)) == 0
            else None,
            lifts=some(lifting, 1) if effect in ("exempt", "permit") or draw(st.integers(0, 3)) == 0 else (),
        )
    # A review or deny comes after whatever may let it fall.
    order = sorted(range(len(effects)), key=place.__getitem__)
    for number, clause in enumerate(sketch.clauses):
        falling = {one for one, other in enumerate(sketch.clauses) if set(other.lifts) & set(clause.rests_on)}
        assume(all(place[one] < place[number] for one in falling if effects[one] in ("exempt", "permit")))
    facts = [Fact(f"fact {n}", sketch.region(draw(boxes(least=2)))) for n in range(draw(st.integers(0, 1)))]
    worlds = [tuple(sketch.region(*draw(regions)) for _ in effects) for _ in range(2)]
    doubts = [Doubt("law", "why", sketch.region(draw(boxes())), *worlds)] if draw(st.booleans()) else []
    otherwise = draw(st.sampled_from([None, "allow", "license", "deny"]))
    return sketch.contents(order, facts, doubts=doubts, otherwise=otherwise, instruments=["law", "act"])


PARTS = {
    "item": st.sampled_from(["a", "b", "c", "top", "none"]),
    "buyer": st.sampled_from(["acme", "GLOBEX", "someone"]),
}
REQUESTS = st.fixed_dictionaries(
    {"date": st.sampled_from(["2024-12-31", "2025-01-01", "2025-07-01"])},
    optional={
        **{name: part | st.lists(part, min_size=1, max_size=2) for name, part in PARTS.items()},
        "use": st.lists(st.sampled_from(["military", "wmd", "civil"]), unique=True),
        "scenario": st.just("later"),
    },
)


@given(contents(), REQUESTS)
def test_a_table_decides_as_trying_every_completion_does(contents: Contents, asked: dict[str, object]) -> None:
    table = Table.from_bytes(Table(contents).to_bytes())
    assert table.contents == contents
    request = read(contents.attributes, ("later",), asked)
    answers = found_for(contents, request)
    found = [one for _, one in answers if one is not None]
    try:
        decision = table.decide(asked)
    except ImpossibleCase:
        assert not found
        return
    assert found
    unknown = [
        one.name
        for one in contents.attributes
        if one.name not in request.facts or any(len(possible) > 1 for possible in request.facts[one.name])
    ]
    _check_findings(contents, decision, found)
    assert [question.attribute for question in decision.ask] == fewest(answers, unknown)
    starts, at, same = _run(contents, asked, bool(unknown))
    assert (decision.since, decision.through) == _ends(starts, at, same)
    _check_scenario(contents, asked, decision, [one for _, one in answers])


def _check_findings(contents: Contents, decision: Decision, found: list[Found]) -> None:
    outcomes = {one.outcome for one in found}
    marks = {one.mark for one in found}
    first = found[0]
    speaking = frozenset.intersection(*(one.speaking for one in found))
    ever = frozenset().union(*(one.speaking for one in found))
    lifted = {n: frozenset.intersection(*(o.lifted.get(n, frozenset()) for o in found)) for n in first.lifted}
    determined = len(outcomes) == 1
    assert decision.outcome == (first.outcome if determined else "undetermined")
    assert decision.possible == tuple(outcome for outcome in OUTCOMES if outcome in outcomes)
    assert decision.mark == (first.mark if len(marks) == 1 else None)
    because = frozenset.intersection(*(one.because for one in found)) if determined else frozenset()
    assert {ref.index for ref in decision.because} == because
    assert [ref.index for ref in decision.standing] == sorted(speaking)
    assert [ref.index for ref in decision.sometimes.clauses] == sorted(ever - speaking)
    assert decision.sometimes.marks == (tuple(m for m in MARKS if m in marks) if len(marks) > 1 else ())
    assert {one.clause.index: {by.index for by in one.by} for one in decision.lifted} == {
        number: set(by) for number, by in lifted.items() if all(number in one.lifted for one in found)
    }
    assert {one.clause.index for one in decision.suspended} == frozenset.intersection(*(o.suspended for o in found))
    assert set(decision.by_instrument.items()) == set(frozenset.intersection(*(o.by_instrument for o in found)))
    assert {(d.text, d.instrument, d.route) for d in decision.duties} == _duties(contents, speaking)
    assert {(d.text, d.instrument, d.route) for d in decision.sometimes.duties} <= _duties(contents, ever - speaking)
    assert bool(decision.unconfirmed) == any(one.unconfirmed for one in found)
    carve_outs = [n for n in sorted(speaking) if contents.clauses[n].ref.effect in ("exempt", "permit")]
    assert [route.clause.index for route in decision.routes] == carve_outs


def _duties(contents: Contents, clauses: frozenset[int]) -> set[tuple[str, str | None, str | None]]:
    owed = set()
    for clause in (contents.clauses[number] for number in clauses):
        route = (clause.ref.label or clause.ref.control) if clause.ref.effect in ("exempt", "permit") else None
        owed |= {(text, clause.ref.instrument, route) for text in clause.duties}
    return owed


def _run(contents: Contents, asked: dict[str, object], only_outcome: bool) -> tuple[list[int], int, list[object]]:
    """Return the first day of each class of days, which of them is asked about, and what is decided in each."""
    axis = next(axis for axis in contents.axes if axis.attribute == DATE)
    assert isinstance(axis, OrderedAxis)
    starts = [1, *(int(cut) for cut, _ in axis.cuts)]
    request = read(contents.attributes, ("later",), asked)
    decided: list[object] = []
    for start in starts:
        found = [one for _, one in found_for(contents, request, date=start) if one is not None]
        outcomes = frozenset(one.outcome for one in found)
        word = next(iter(outcomes)) if len(outcomes) == 1 else "undetermined"
        decided.append(None if not found else word if only_outcome else found[0].essence())
    return starts, axis.class_of(request.date), decided


def _ends(starts: list[int], at: int, decided: list[object]) -> tuple[str | None, str | None]:
    first = max((n + 1 for n in range(at) if decided[n] != decided[at]), default=0)
    after = min((n for n in range(at, len(starts)) if decided[n] != decided[at]), default=None)
    return (day_text(starts[first]) if first else None), (None if after is None else day_text(starts[after] - 1))


def _check_scenario(contents: Contents, asked: dict[str, object], decision: Decision, base: list[Found | None]) -> None:
    request = read(contents.attributes, ("later",), asked)
    if request.scenario != BASE:
        assert dict(decision.scenarios) == {}
        return
    there = [one for _, one in found_for(contents, request, scenario="later")]
    found = [one for one in there if one is not None]
    if not found:
        assert dict(decision.scenarios) == {}
        return
    view = decision.scenarios["later"]
    outcomes, marks = {one.outcome for one in found}, {one.mark for one in found}
    assert view.outcome == (outcomes.pop() if len(outcomes) == 1 else "undetermined")
    assert view.mark == (marks.pop() if len(marks) == 1 else None)
    assert view.differs == any(
        (one and one.essence()) != (other and other.essence()) for one, other in zip(base, there, strict=True)
    )
