"""The contents of a table: a policy lowered to classes, boxes and masks. What an artifact holds, no more."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from rpol.runtime.attribute import Attribute
from rpol.runtime.axes import Axis
from rpol.runtime.decision import ClauseRef, SuspensionRef

# A box is a product of sets of classes: (axis, mask of classes) for each axis it narrows, by ascending axis. An axis
# that is not named is whole. No mask is 0 or whole. The empty tuple is the whole space.
Box: TypeAlias = tuple[tuple[int, int], ...]
# A region is a union of boxes, perhaps overlapping; no box is an empty region.
Region: TypeAlias = tuple[Box, ...]
# For every clause, the number of its region in `Contents.regions`.
World: TypeAlias = tuple[int, ...]


@frozen
class Clause:
    """A clause as the table knows it; numbers of other clauses count in `Contents.clauses`.

    `rests_on`: the licences a review or deny rests on (it applies only where one of them does).
    `reached_through`: the licences one of which must apply for the clause's rule to reach a case; None without
    `supplements`. `lifts`: what it lifts where it stands, built-in and by `overrides`. `lists`: the lists its condition
    names, each with the attribute tested. `reached_by`: acts that reach the clause itself or what an `in force` of its
    condition names, as numbers in `Contents.acts`.
    """

    ref: ClauseRef
    duties: tuple[str, ...]
    notes: tuple[str, ...]
    rests_on: tuple[int, ...]
    reached_through: tuple[int, ...] | None
    lifts: tuple[int, ...]
    lists: tuple[tuple[str, str], ...]
    reached_by: tuple[int, ...]


@frozen
class Instrument:
    """An instrument or scenario: what a decision cites."""

    name: str
    title: str
    cite: str | None
    scenario: bool


@frozen
class Act:
    """One target of a `suspend` or `repeal`; it is at work where its region holds."""

    ref: SuspensionRef
    region: int


@frozen
class Row:
    """A list row: the list, the name as written, its notice, the region of days on which it counts.

    `reached_by`: acts on the notice, as numbers in `Contents.acts`.
    """

    list: str
    name: str
    instrument: str | None
    region: int
    reached_by: tuple[int, ...]


@frozen
class Listing:
    """A list: for every value (folded, for parties) that it speaks of, the rows that do, as numbers in `Contents.rows`.

    For an owned list these are the rows of the owners, direct and indirect.
    """

    name: str
    attribute: str | None
    rows_by_value: tuple[tuple[str, tuple[int, ...]], ...]


@frozen
class Doubt:
    """An `unconfirmed` statement: where it speaks, and the two worlds whose difference makes a decision unconfirmed.

    `gone`: its instrument and all that its acts name repealed. `untouched`: nothing suspends or repeals them.
    """

    instrument: str
    why: str
    region: int
    gone: World
    untouched: World


@frozen
class Fact:
    """A declared fact as written; the region is where it is *broken*: no case lies there."""

    text: str
    broken: int


@frozen
class Contents:
    """A whole policy, lowered.

    `order` lists every clause after all that may lift it or let it fall. `real` are the regions in which clauses hold
    by themselves (subject, conditions, in force); `bare` the same if nothing suspended or repealed anything. The axes
    end with date, known_on, scenario, in this order.
    """

    attributes: tuple[Attribute, ...]
    axes: tuple[Axis, ...]
    regions: tuple[Region, ...]
    clauses: tuple[Clause, ...]
    order: tuple[int, ...]
    real: World
    bare: World
    facts: tuple[Fact, ...]
    acts: tuple[Act, ...]
    rows: tuple[Row, ...]
    lists: tuple[Listing, ...]
    doubts: tuple[Doubt, ...]
    instruments: tuple[Instrument, ...]
    otherwise: str | None
    source_digest: str
