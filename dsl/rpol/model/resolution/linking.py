"""Clauses linked to one another: what rests on what, what lifts what, in which order (language.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import frozen

from rpol.model import problems
from rpol.model.declared import Kind
from rpol.model.policy import TRUE, Clause, Link
from rpol.model.resolution.circles import arrange
from rpol.model.resolution.names import LAW, RULES, look_up
from rpol.model.resolution.paragraphs import Cited, cited
from rpol.model.resolution.rules import Draft, Mention, Rule
from rpol.model.resolution.scope import Scope

# What `exempt` and `allow` lift in their own control.
BUILT_IN: Final[Mapping[str, tuple[str, ...]]] = {"exempt": ("license", "prohibit"), "allow": ("license",)}
# The effects of clauses that say how an application for a licence is treated.
_TREATMENTS: Final = ("review", "deny")
# The effects that let a treatment fall where they lift the licences it rests on.
_ROUTES: Final = ("exempt", "permit")
_SUPPLEMENTED: Final[tuple[Kind, ...]] = ("control", "clause", *LAW)
# How often clauses may name one another: real policies stay far below, and beyond it time and memory run out.
_MOST_LINKS: Final = 1_000_000


@frozen(slots=False)
class Numbered:
    """All clauses of a policy in their order, with the number of the rule of each."""

    rules: Sequence[Rule]

    @cached_property
    def clauses(self) -> tuple[tuple[int, Draft], ...]:
        """The number of its rule, and each clause."""
        return tuple((number, draft) for number, rule in enumerate(self.rules) for draft in rule.clauses)

    @cached_property
    def by_rule(self) -> Sequence[tuple[int, ...]]:
        """The clauses of each rule."""
        found: list[list[int]] = [[] for _ in self.rules]
        for index, (number, _) in enumerate(self.clauses):
            found[number].append(index)
        return [tuple(indexes) for indexes in found]

    @cached_property
    def controls(self) -> Mapping[str, int]:
        """The numbers of the named controls."""
        return _first((rule.label, number) for number, rule in enumerate(self.rules) if rule.kind == "control")

    @cached_property
    def labels(self) -> Mapping[str, int]:
        """The clauses that have a name of their own; permits and obliges are such."""
        return _first((draft.label, index) for index, (_, draft) in enumerate(self.clauses))

    @cached_property
    def citing(self) -> Mapping[str, tuple[int, ...]]:
        """The clauses under each instrument."""
        found: dict[str, list[int]] = {}
        for index, (_, draft) in enumerate(self.clauses):
            if draft.citation is not None:
                found.setdefault(draft.citation.instrument, []).append(index)
        return {name: tuple(indexes) for name, indexes in found.items()}

    @cached_property
    def cited(self) -> Mapping[str, Cited]:
        """What clauses cite of each instrument."""
        return {name: self.cited_by(indexes) for name, indexes in self.citing.items()}

    def cited_by(self, indexes: Iterable[int]) -> Cited:
        """Return what some clauses cite."""
        return cited((index, self.clauses[index][1].citation) for index in indexes)

    def effect(self, index: int) -> str:
        """Return the effect of a clause."""
        return self.clauses[index][1].effect

    def licenses(self, indexes: Iterable[int]) -> tuple[int, ...]:
        """Return those of some clauses that require a license."""
        return tuple(index for index in indexes if self.effect(index) == "license")


@frozen
class Linked:
    """The clauses, an order in which each comes after all that may lift it, and the names that link them."""

    clauses: tuple[Clause, ...]
    order: tuple[int, ...]
    links: tuple[Link, ...]


def link(scope: Scope, numbered: Numbered) -> Linked:
    """Return the clauses, linked.

    What rests on nothing, and circles of supplements and of lifting, are reported.
    """
    rules = numbered.rules
    links: list[Link] = []
    through = _reached_through(scope, numbered, links)
    rests_on = tuple(_rests_on(scope, numbered, through, index) for index in range(len(numbered.clauses)))
    overrides = _overrides(scope, numbered, links)
    lifts = tuple(_lifts(numbered, overrides, index) for index in range(len(numbered.clauses)))
    clauses = tuple(
        _clause(rules[number], number, index, draft, rests_on[index], through[number], lifts[index], overrides[index])
        for index, (number, draft) in enumerate(numbered.clauses)
    )
    return Linked(clauses, _order(scope, clauses), tuple(links))


def _first(pairs: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, number in pairs:
        if name is not None:
            found.setdefault(name, number)
    return found


def _clause(
    rule: Rule,
    number: int,
    index: int,
    draft: Draft,
    rests_on: tuple[int, ...],
    through: tuple[int, ...] | None,
    lifts: tuple[int, ...],
    overrides: tuple[int, ...],
) -> Clause:
    citation = draft.citation
    return Clause(
        index=index,
        rule=number,
        control=rule.name,
        label=draft.label if rule.kind == "control" else None,
        effect=draft.effect,
        implied=draft.implied,
        condition=TRUE if draft.condition is None else draft.condition.condition,
        instrument=None if citation is None else citation.instrument,
        path=None if citation is None else citation.path,
        paragraph=None if citation is None else citation.paragraph,
        windows=draft.windows,
        duties=draft.duties,
        notes=draft.notes,
        rests_on=rests_on,
        reached_through=through,
        lifts=lifts,
        overrides=overrides,
        place=draft.place,
    )


# ---------------------------------------------------------------- names of rules


def named(scope: Scope, mention: Mention, kinds: Sequence[Kind]) -> tuple[str, ...] | None:
    """Return the names of rules and law that a mention stands for, a group written out; None if it is wrong."""
    names = scope.names
    if mention.name in names.broken:
        return None
    declared = names.declared.get(mention.name)
    if declared is None or declared.kind != "group":
        found = look_up(names, mention.name, mention.place, kinds)
        return None if found is None else (found.name,)
    names.used.add(mention.name)
    members = scope.groups[mention.name].rules
    if members is None:
        names.found.append(problems.rules.group_of_values(mention.place, declared))
        return None
    for member in members:
        if names.declared[member].kind not in kinds:
            names.found.append(problems.names.wrong_kind_of_name(mention.place, names.declared[member], kinds))
            return None
    return members


def under(numbered: Numbered, name: str, kind: Kind) -> tuple[int, ...]:
    """Return the clauses under a name: those of an instrument or a control, or the one of a label."""
    if kind in LAW:
        return numbered.citing.get(name, ())
    return numbered.by_rule[numbered.controls[name]] if kind == "control" else (numbered.labels[name],)


def _reached(numbered: Numbered, name: str, kind: Kind, own: int) -> Iterator[int]:
    """Yield the clauses that a name reaches from rule `own`: of a control or instrument, none of the rule itself."""
    reaches_own = kind != "control" and kind not in LAW
    for index in under(numbered, name, kind):
        if reaches_own or numbered.clauses[index][0] != own:
            yield index


# ---------------------------------------------------------------- supplements


def _reached_through(scope: Scope, numbered: Numbered, links: list[Link]) -> tuple[tuple[int, ...] | None, ...]:
    """Return for each rule the licences of what it supplements, None without; report circles and what has none.

    Each name is added to `links`.
    """
    kinds = scope.names.declared
    found: list[tuple[int, ...] | None] = []
    needs: dict[int, dict[int, None]] = {number: {} for number in range(len(numbered.rules))}
    total = 0
    for number, rule in enumerate(numbered.rules):
        if not rule.supplements or total > _MOST_LINKS:
            found.append(None)
            continue
        written = [named(scope, mention, _SUPPLEMENTED) for mention in rule.supplements]
        names = dict.fromkeys(name for some in written if some is not None for name in some)
        by_name = {name: numbered.licenses(_reached(numbered, name, kinds[name].kind, number)) for name in names}
        licenses = tuple(sorted({index for some in by_name.values() for index in some}))
        for mention, some in zip(rule.supplements, written, strict=True):
            reached = sorted({index for name in some or () for index in by_name[name]})
            links.append(
                Link("supplements", mention.name, number, numbered.by_rule[number], tuple(reached), mention.place)
            )
        total += len(licenses)
        if total > _MOST_LINKS:
            scope.names.found.append(problems.rules.too_many_links(rule.supplements[0].place, _MOST_LINKS))
        needs[number] |= dict.fromkeys(numbered.clauses[index][0] for index in licenses)
        needs[number] |= dict.fromkeys(numbered.controls[name] for name in names if kinds[name].kind == "control")
        if not licenses and None not in written and number not in needs[number]:
            scope.names.found.append(problems.rules.supplements_nothing(rule.supplements[0].place, rule.name))
        found.append(licenses)
    for circle in arrange(needs)[1]:
        members = [numbered.rules[number] for number in circle]
        places = [member.supplements[0].place for member in members]
        scope.names.found.append(problems.rules.circle_of_supplements([member.name for member in members], places))
    return tuple(found)


def _rests_on(
    scope: Scope, numbered: Numbered, through: Sequence[tuple[int, ...] | None], index: int
) -> tuple[int, ...]:
    """Return the licences on which a review or deny rests; one that rests on none is reported."""
    number, draft = numbered.clauses[index]
    if draft.effect not in _TREATMENTS:
        return ()
    own = numbered.licenses(numbered.by_rule[number])
    supplemented = through[number]
    if supplemented is None and not own:
        scope.names.found.append(problems.rules.rests_on_nothing(draft.place, draft.effect))
    return tuple(sorted({*own, *supplemented})) if supplemented and own else supplemented or own


# ---------------------------------------------------------------- lifting


def _overrides(scope: Scope, numbered: Numbered, links: list[Link]) -> tuple[tuple[int, ...], ...]:
    """Return for each clause what its written `overrides` lift; each name is added to `links`."""
    reached: dict[Mention, frozenset[int]] = {}
    written_for: dict[Mention, list[int]] = {}
    found: list[tuple[int, ...]] = []
    lifted = 0
    for index, (number, draft) in enumerate(numbered.clauses):
        for mention in draft.overrides:
            if mention not in reached:
                names = dict.fromkeys(named(scope, mention, (*RULES, *LAW)) or ())
                reached[mention] = frozenset(
                    one for name in names for one in _overridden(scope, numbered, name, number)
                )
            written_for.setdefault(mention, []).append(index)
        lifts = frozenset().union(*(reached[mention] for mention in draft.overrides)) - {index}
        lifted += len(lifts)
        if lifted > _MOST_LINKS:
            scope.names.found.append(problems.rules.too_many_links(draft.overrides[0].place, _MOST_LINKS))
            return (*found, *(() for _ in numbered.clauses[index:]))
        found.append(tuple(sorted(lifts)))
    for mention, clauses in written_for.items():
        rule = numbered.clauses[clauses[0]][0]
        overridden = tuple(sorted(reached[mention]))
        links.append(Link("overrides", mention.name, rule, tuple(clauses), overridden, mention.place))
    return tuple(found)


def _overridden(scope: Scope, numbered: Numbered, name: str, own: int) -> Iterator[int]:
    """Yield what naming `name` in rule `own` lifts: a prohibit only by its own name."""
    kind = scope.names.declared[name].kind
    for index in _reached(numbered, name, kind, own):
        if kind == "clause" or numbered.effect(index) != "prohibit":
            yield index


def _lifts(numbered: Numbered, overrides: Sequence[tuple[int, ...]], index: int) -> tuple[int, ...]:
    """Return all that a clause lifts: in its control by what it is, unless the other overrides it, and as written."""
    number, draft = numbered.clauses[index]
    effects = BUILT_IN.get(draft.effect)
    if effects is None:
        return overrides[index]
    built_in = {
        other
        for other in numbered.by_rule[number]
        if numbered.effect(other) in effects and index not in overrides[other]
    }
    return tuple(sorted(built_in | set(overrides[index])))


def _order(scope: Scope, clauses: Sequence[Clause]) -> tuple[int, ...]:
    """Return an order in which each clause comes after all that may lift it or let it fall; report circles."""
    order, circles = in_lifting_order(clauses)
    for members in circles:
        first = min(range(len(members)), key=lambda position: members[position].index)
        scope.names.found.append(problems.rules.circle_of_overrides([*members[first:], *members[:first]]))
    return order


def in_lifting_order(clauses: Sequence[Clause]) -> tuple[tuple[int, ...], tuple[tuple[Clause, ...], ...]]:
    """Return an order in which each clause comes after all that may lift it or let it fall, and circles, if any.

    Beside each licence stands a second key for "lifted by an exempt or a permit": what rests on it waits for that.
    """
    needs: dict[int, list[int]] = {clause.index: [] for clause in clauses}
    for clause in clauses:
        for index in clause.lifts:
            needs[index].append(clause.index)
            if clause.effect in _ROUTES and clauses[index].effect == "license":
                needs.setdefault(-1 - index, []).append(clause.index)
    for clause in clauses:
        needs[clause.index] += (-1 - index for index in clause.rests_on if -1 - index in needs)
    order, circles = arrange(needs)
    members = (tuple(clauses[key] for key in reversed(circle) if key >= 0) for circle in circles)
    return tuple(key for key in order if key >= 0), tuple(members)
