"""Instruments, scenarios and their acts (language.md, section 3, "In force", "Acts", "Scenarios")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from rpol.model import problems
from rpol.model.policy import Act, Doubt, Instrument, Target, Window
from rpol.model.resolution.amounts import day
from rpol.model.resolution.circles import LONGEST_CHAIN, arrange, too_far
from rpol.model.resolution.heads import Days, check_order, days, once
from rpol.model.resolution.names import Names, look_up
from rpol.model.resolution.paragraphs import path_of
from rpol.model.resolution.statements import Anchor, Located
from rpol.syntax import nodes
from rpol.syntax.nodes import Bound, Cite, InstrumentStatement, Issued, Note, ScenarioStatement
from rpol.text.source import Place

Statement: TypeAlias = InstrumentStatement | ScenarioStatement


@frozen
class Law:
    """The instruments and scenarios of a policy by name, and the paragraphs that acts name, with their places."""

    instruments: Mapping[str, Instrument]
    asked: tuple[tuple[Target, Place], ...]


def read_law(names: Names, statements: Sequence[Located[Statement]]) -> Law:
    """Return what `statements` declare; what is wrong with a date, a target or a circle is reported."""
    instruments: dict[str, Instrument] = {}
    asked: list[tuple[Target, Place]] = []
    for statement in statements:
        name = statement.node.name.text
        if name in instruments or name not in names.declared:
            continue
        instruments[name] = _instrument(names, statement, asked)
    _report_circles(names, instruments)
    return Law(instruments, tuple(asked))


def _instrument(names: Names, statement: Located[Statement], asked: list[tuple[Target, Place]]) -> Instrument:
    node, anchor = statement.node, statement.anchor
    scenario = isinstance(node, ScenarioStatement)
    issued = once(names, [one for one in node.sources if isinstance(one, Issued)], "issued", anchor)
    if issued is None and not scenario:
        names.found.append(problems.law.missing_issued(anchor.place(node.name), node.name.text))
    issued_on = None if issued is None else day(names, issued.day, anchor)
    own = days(names, [one for one in node.sources if isinstance(one, Bound)], anchor)
    if own.start is None and issued is not None:
        own = Days(evolve(own.window, start=issued_on), anchor.place(issued), own.end)
        check_order(names, own)
    acts = [act for act in node.acts if act.word != "unconfirmed"]
    doubts = [act for act in node.acts if act.word == "unconfirmed"]
    cites = tuple(one.address.text for one in node.sources if isinstance(one, Cite))
    return Instrument(
        name=node.name.text,
        title=node.title.text,
        issued=issued_on,
        window=own.window,
        cite=" ".join(cites) or None,
        acts=tuple(_act(names, act, anchor, own, asked) for act in acts),
        doubts=tuple(_doubt(names, act, anchor, own) for act in doubts),
        notes=tuple(_notes(node)),
        scenario=scenario,
        place=anchor.place(node.name),
    )


def _notes(node: Statement) -> Iterator[str]:
    """Yield the notes of an instrument and of its acts."""
    for one in (*node.sources, *(part for act in node.acts for part in act.tail)):
        if isinstance(one, Note):
            yield one.text.text


def _act(names: Names, node: nodes.Act, anchor: Anchor, instrument: Days, asked: list[tuple[Target, Place]]) -> Act:
    targets = [_target(names, target, anchor, asked) for target in node.targets]
    return Act(
        word="repeal" if node.word == "repeal" else "suspend",
        targets=tuple(target for target in targets if target is not None),
        window=_own_window(names, node, anchor, instrument),
        place=anchor.place(node),
    )


def _doubt(names: Names, node: nodes.Act, anchor: Anchor, instrument: Days) -> Doubt:
    why = node.why.text if node.why is not None else ""
    return Doubt(why, _own_window(names, node, anchor, instrument), anchor.place(node))


def _own_window(names: Names, node: nodes.Act, anchor: Anchor, instrument: Days) -> Window:
    """Return the window of an act as written; that which it works in takes a missing end from the instrument."""
    own = days(names, [one for one in node.tail if isinstance(one, Bound)], anchor)
    if (own.start is None) != (own.end is None):
        start, end = own.window.start, own.window.end
        working = Window(
            instrument.window.start if start is None else start, instrument.window.end if end is None else end
        )
        check_order(names, Days(working, own.start or instrument.start, own.end or instrument.end))
    return own.window


def _target(names: Names, node: nodes.Target, anchor: Anchor, asked: list[tuple[Target, Place]]) -> Target | None:
    """Return what an act reaches. Acts name instruments, not scenarios."""
    found = look_up(names, node.name.text, anchor.place(node.name), ("instrument",))
    path = path_of(names, node.paragraph, anchor)
    if found is None or (path is None and node.paragraph is not None):
        return None
    if node.paragraph is None:
        return Target(found.name)
    target = Target(found.name, path, node.paragraph.text)
    asked.append((target, anchor.place(node.paragraph)))
    return target


def _report_circles(names: Names, instruments: Mapping[str, Instrument]) -> None:
    """Report acts that, counted by instrument, form a circle or too long a chain."""
    reached = {
        name: tuple(target.instrument for act in one.acts for target in act.targets)
        for name, one in instruments.items()
    }
    order, circles = arrange(reached)
    for circle in circles:
        following = (*circle[1:], circle[0])
        places = [
            next(act.place for act in instruments[name].acts if any(t.instrument == after for t in act.targets))
            for name, after in zip(circle, following, strict=True)
        ]
        names.found.append(problems.law.circle_of_acts(circle, places))
    far = None if circles else too_far(order, reached)
    if far is not None:
        place = instruments[far].acts[0].place
        names.found.append(problems.names.chain_too_long("instrument", far, place, LONGEST_CHAIN))
