"""A policy after resolution: every name is known, every value typed, every clause on its own feet.

Groups and defines are gone (written out in place); an implied `license` is written out and marked. Nothing here is
checked again: what cannot be resolved never becomes a `Policy`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from rpol.runtime.attribute import Attribute, Value
from rpol.text.source import Place

# ---------------------------------------------------------------- conditions
# What is large or looked up often keeps its hash.


@frozen(cache_hash=True)
class AllOf:
    """Every one of the terms; without terms, true."""

    terms: tuple[Condition, ...]


@frozen(cache_hash=True)
class AnyOf:
    """At least one of the terms; without terms, false."""

    terms: tuple[Condition, ...]


@frozen(cache_hash=True)
class Negation:
    """Not the term."""

    term: Condition


@frozen(cache_hash=True)
class Among:
    """The value is one of `values` (leaves, folded names, NONE) or stands in one of `lists` that day.

    Of a set: it holds at least one of them; NONE then means the empty set.
    """

    attribute: str
    values: frozenset[Value]
    lists: tuple[str, ...] = ()


@frozen(cache_hash=True)
class OnlyAmong:
    """The set is not empty, and each of its members is one of `values` or stands in one of `lists` that day."""

    attribute: str
    values: frozenset[Value]
    lists: tuple[str, ...] = ()


@frozen
class Compared:
    """The value stands in `operator` (`<`, `<=`, `=`, `>=`, `>`) to `bound`; NONE never does.

    `attribute` may be `date` or `known_on` (in promises and examples); `bound` is in the attribute's unit.
    """

    attribute: str
    operator: str
    bound: Fraction | int


@frozen
class ForceOf:
    """`in force INSTRUMENT ["p"]`: some clause that cites p or below is in force; without p, the instrument is."""

    target: Target


Condition: TypeAlias = AllOf | AnyOf | Negation | Among | OnlyAmong | Compared | ForceOf
TRUE = AllOf(())
FALSE = AnyOf(())

# ---------------------------------------------------------------- sources of law

# The runs of letters, digits and `_` of a paragraph: "1(1)" is ("1", "1").
Path: TypeAlias = tuple[str, ...]


@frozen
class Target:
    """An instrument, or what lies at or below a paragraph of it; `paragraph` is as written."""

    instrument: str
    path: Path | None = None
    paragraph: str | None = field(default=None, eq=False)


@frozen(cache_hash=True)
class Window:
    """Days from `start` up to, not including, `end`, as ordinals; None is not given."""

    start: int | None = None
    end: int | None = None


@frozen
class Act:
    """A `suspend` or `repeal` of some targets within a window of its own."""

    word: Literal["suspend", "repeal"]
    targets: tuple[Target, ...]
    window: Window
    place: Place = field(eq=False)


@frozen
class Doubt:
    """An `unconfirmed` statement with its window."""

    why: str
    window: Window
    place: Place = field(eq=False)


@frozen
class Instrument:
    """An instrument or a scenario (`scenario`: it counts only when chosen, and may lack `issued`)."""

    name: str
    title: str
    issued: int | None
    window: Window
    cite: str | None
    acts: tuple[Act, ...]
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...]
    scenario: bool
    place: Place = field(eq=False)


# ---------------------------------------------------------------- lists


@frozen
class Row:
    """A list row: `name` as written, `values` what it stands for (the folded name and its aliases, or the leaves)."""

    name: str
    values: tuple[Value, ...]
    instrument: str | None
    window: Window
    place: Place = field(eq=False)


@frozen
class PlainList:
    """A list read from rows; `attribute` is the closed attribute it is `of`, None for parties."""

    name: str
    attribute: str | None
    rows: tuple[Row, ...]
    place: Place = field(eq=False)


@frozen
class Holding:
    """One row of an ownership file: folded names, `share` of one."""

    owned: str
    owner: str
    share: Fraction
    window: Window
    place: Place = field(eq=False)


@frozen
class OwnedList:
    """Parties held by listed ones: `operator` is `>=` or `>`; with `together` the shares of all owners add up."""

    name: str
    operator: str
    share: Fraction
    owners: tuple[str, ...]
    together: bool
    holdings: tuple[Holding, ...]
    place: Place = field(eq=False)


ListOf: TypeAlias = PlainList | OwnedList

# ---------------------------------------------------------------- clauses

EffectName: TypeAlias = Literal["allow", "license", "review", "deny", "prohibit", "exempt", "permit", "oblige"]


@frozen
class Clause:
    """One clause of a control, or a permit or oblige; other clauses are named by their `index`.

    `rule` numbers the control, permit or oblige it belongs to; `control` is its name (`as`, else the subject as
    written) and `label` the clause's own `as`. `condition` joins subject, the control's `when` and its own; `windows`
    are those written on the control and on the clause. `instrument` and `path` are what it cites.
    `rests_on`: the licences on which a review or deny rests. `reached_through`: the licences of what its control
    `supplements`, None without. `lifts`: what it lifts where it stands, built-in and by `overrides`; `overrides`: the
    part of it that is written.
    """

    index: int
    rule: int
    control: str
    label: str | None
    effect: EffectName
    implied: bool
    condition: Condition
    instrument: str | None
    path: Path | None
    paragraph: str | None
    windows: tuple[Window, ...]
    duties: tuple[str, ...]
    notes: tuple[str, ...]
    rests_on: tuple[int, ...]
    reached_through: tuple[int, ...] | None
    lifts: tuple[int, ...]
    overrides: tuple[int, ...]
    place: Place = field(eq=False)


@frozen
class Link:
    """A name behind `overrides` or `supplements` as written.

    `clauses` are those it is written for, all of rule `rule`; `reached` what it reaches: clauses to lift, or licences.
    """

    word: Literal["overrides", "supplements"]
    name: str
    rule: int
    clauses: tuple[int, ...]
    reached: tuple[int, ...]
    place: Place = field(eq=False)


# ---------------------------------------------------------------- promises


@frozen
class Fact:
    """A condition that every case meets; `text` is it as written."""

    condition: Condition
    text: str
    place: Place = field(eq=False)


@frozen
class Promise:
    """`always` (with `or_stricter`) or `never`, over all cases and days that meet `condition`."""

    word: Literal["always", "never"]
    outcome: str
    or_stricter: bool
    condition: Condition
    names_known_on: bool
    place: Place = field(eq=False)


@frozen
class Reason:
    """One reason behind `because`: an instrument (with a paragraph), or the clauses that a name reaches.

    For a plain reason `clauses` are those that satisfy it. With `suspended`, `target` is what is suspended, an
    instrument; None stands for a name that is not one, whose `clauses` count instead.
    """

    text: str
    suspended: bool
    target: Target | None
    clauses: tuple[int, ...]


@frozen
class Example:
    """An example and what it expects: an outcome, or `undetermined`."""

    title: str
    scenario: str | None
    given: Condition
    names_known_on: bool
    expect: str
    reasons: tuple[Reason, ...]
    text: str
    place: Place = field(eq=False)


# ---------------------------------------------------------------- the whole


@frozen(slots=False)
class Policy:
    """A resolved policy.

    `order` lists the clauses so that each comes after all that may lift it or let it fall. `words` are the author's
    names for sets of values (groups, lists, taxonomy nodes) in the order to prefer when a region is described:
    attribute -> (word, values).
    """

    attributes: Mapping[str, Attribute]
    instruments: Mapping[str, Instrument]
    lists: Mapping[str, ListOf]
    clauses: tuple[Clause, ...]
    order: tuple[int, ...]
    facts: tuple[Fact, ...]
    otherwise: str | None
    promises: tuple[Promise, ...]
    examples: tuple[Example, ...]
    covered: tuple[tuple[str, Place], ...]
    words: Mapping[str, tuple[tuple[str, frozenset[Value]], ...]]
    source_digest: str
    links: tuple[Link, ...] = ()
    otherwise_place: Place | None = field(default=None, eq=False)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios, in declared order."""
        return tuple(name for name, instrument in self.instruments.items() if instrument.scenario)
