"""Policies larger than brute force can look through, as plain objects and as `.rpol` text.

Nothing here comes from the program: names, places and paragraphs are read as docs/reference/language.md says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final, TypeAlias

from attrs import field, frozen

# ---------------------------------------------------------------- vocabulary

# Five branches of four twigs of three leaves; some leaves lie below a further node as well.
LEAVES: Final = tuple(f"K{a}.{b}.{c}" for a in range(5) for b in range(4) for c in range(3))
_TWIGS: Final = {f"K{a}.{b}": tuple(f"K{a}.{b}.{c}" for c in range(3)) for a in range(5) for b in range(4)}
_BRANCHES: Final = {f"K{a}": tuple(chain.from_iterable(_TWIGS[f"K{a}.{b}"] for b in range(4))) for a in range(5)}
NODES: Final[Mapping[str, tuple[str, ...]]] = {
    **_BRANCHES,
    **_TWIGS,
    "Dual": ("K0.0.0", "K1.1.1", "K2.2.2", "K3.3.0", "K4.0.1"),
}
COUNTRIES: Final = (
    "AE",
    "AM",
    "AR",
    "AT",
    "AU",
    "BE",
    "BR",
    "BY",
    "CA",
    "CH",
    "CN",
    "DE",
    "DK",
    "ES",
    "FI",
    "FR",
    "GB",
    "IN",
    "IR",
    "IT",
    "JP",
    "KP",
    "KR",
    "KZ",
    "MX",
    "NL",
    "RU",
    "TR",
    "UA",
    "US",
)
BLOCS: Final[Mapping[str, tuple[str, ...]]] = {
    "west": ("AU", "BE", "CA", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "JP", "NL", "US"),
    "core": ("CA", "GB", "US"),
    "union": ("AT", "BE", "DE", "DK", "ES", "FI", "FR", "IT", "NL"),
    "east": ("AM", "BY", "KZ", "RU"),
    "watched": ("AE", "AM", "AR", "KZ", "TR", "UA"),
    "closed": ("IR", "KP"),
}
USES: Final = ("civil", "military", "nuclear", "relief", "chip")
PARTIES: Final = tuple(f"Party {number}" for number in range(12))
LISTS: Final = ("control_list", "entity_list", "watch_list", "old_list")
EMBARGO: Final = "embargo_list"


# ---------------------------------------------------------------- conditions


@frozen
class In:
    """`attribute in words`: values, inner nodes, groups, lists. `only`: of a set, all its members and one at least."""

    attribute: str
    words: tuple[str, ...]
    only: bool = False


@frozen
class IsNone:
    attribute: str


@frozen
class Yes:
    attribute: str


@frozen
class Compared:
    """`number`: whole pieces, a share in thousandths, or a day as an ordinal; `operator` "" is equality."""

    attribute: str
    operator: str
    number: int


@frozen
class Force:
    instrument: str
    paragraph: str | None = None


@frozen
class Not:
    term: Condition


@frozen
class All:
    terms: tuple[Condition, ...]


@frozen
class Some:
    terms: tuple[Condition, ...]


Condition: TypeAlias = In | IsNone | Yes | Compared | Force | Not | All | Some


# ---------------------------------------------------------------- statements


@frozen
class Window:
    """From `start` on, `end` the last day; None where it is not written."""

    start: int | None = None
    end: int | None = None


@frozen
class Act:
    word: str
    target: str
    paragraph: str | None
    window: Window


@frozen
class Instrument:
    """A scenario where `scenario` is set; it has no day of issue."""

    name: str
    issued: int | None
    window: Window
    acts: tuple[Act, ...] = ()
    scenario: bool = False


@frozen
class Clause:
    """A written clause of a control."""

    effect: str
    label: str | None = None
    condition: Condition | None = None
    instrument: str | None = None
    paragraph: str | None = None
    window: Window = Window()
    overrides: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


@frozen
class Rule:
    """A control, permit or oblige with what stands before its first effect; `subject` is empty for `any`."""

    kind: str
    name: str
    subject: tuple[str, ...]
    excepted: tuple[str, ...] = ()
    condition: Condition | None = None
    instrument: str | None = None
    paragraph: str | None = None
    window: Window = Window()
    overrides: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()


@frozen
class Row:
    list: str
    name: str
    under: str | None
    window: Window


@frozen
class Promise:
    word: str
    outcome: str
    or_stricter: bool
    condition: Condition


@frozen
class Policy:
    from_file: bool
    instruments: tuple[Instrument, ...]
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    facts: tuple[Condition, ...] = ()
    promises: tuple[Promise, ...] = ()
    otherwise: str | None = None


# ---------------------------------------------------------------- text


@frozen
class Link:
    """A name behind `overrides` or `supplements` of a rule (`place` -1) or of one of its clauses."""

    rule: int
    place: int
    word: str
    name: str


@frozen
class Written:
    """A policy as text: where in it each clause, promise and link stands.

    Clauses are keyed by the numbers of rule and clause, -1 for what stands at the subject; links by those and the name
    behind `overrides` or `supplements`.
    """

    text: str
    files: Mapping[str, str]
    clauses: Mapping[tuple[int, int], int]
    links: Mapping[Link, int]
    promises: tuple[int, ...]


def write(policy: Policy) -> Written:
    """Return a policy as text."""
    page = _Page()
    page.add(*_vocabulary(policy))
    for instrument in policy.instruments:
        page.add(_instrument(instrument))
    page.add(*(f"fact {text(fact)}" for fact in policy.facts))
    for number, rule in enumerate(policy.rules):
        _write_rule(page, number, rule)
    if policy.otherwise is not None:
        page.add(f"otherwise {policy.otherwise}")
    promises = []
    for promise in policy.promises:
        promises.append(page.length)
        stricter = " or stricter" if promise.or_stricter else ""
        page.add(f"{promise.word} {promise.outcome}{stricter} when {text(promise.condition)}")
    return Written("".join(page.parts), _files(policy), page.clauses, page.links, tuple(promises))


def text(condition: Condition, *, nested: bool = False) -> str:
    """Return a condition as written."""
    match condition:
        case In(attribute, words, only):
            return f"{attribute} {'only' if only else 'in'} {_words(words)}"
        case IsNone(attribute):
            return f"{attribute} none"
        case Yes(attribute):
            return attribute
        case Compared(attribute, operator, number):
            return " ".join(filter(None, (attribute, operator, _amount(attribute, number))))
        case Force(instrument, paragraph):
            return f"in force {_target(instrument, paragraph)}"
        case Not(In(attribute, words, only=False)):
            return f"{attribute} not in {_words(words)}"
        case Not(term):
            return f"not {text(term, nested=True)}"
        case All(terms) | Some(terms):
            joint = " and " if isinstance(condition, All) else " or "
            joined = joint.join(text(term, nested=True) for term in terms)
            return f"({joined})" if nested and len(terms) > 1 else joined


def all_of(*terms: Condition | None) -> Condition | None:
    """Return what is true where all the given terms are; None where none is given."""
    given = tuple(term for term in terms if term is not None)
    return given[0] if len(given) == 1 else All(given) if given else None


def path(paragraph: str) -> tuple[str, ...]:
    """Return a paragraph as a path: its runs of letters, digits and `_`."""
    return tuple(re.findall(r"\w+", paragraph))


@frozen
class _Page:
    parts: list[str] = field(factory=list)
    clauses: dict[tuple[int, int], int] = field(factory=dict)
    links: dict[Link, int] = field(factory=dict)

    @property
    def length(self) -> int:
        return sum(map(len, self.parts))

    def add(self, *lines: str) -> None:
        self.parts.extend(f"{line}\n" for line in lines)

    def add_links(self, links: Sequence[Link]) -> None:
        """Write names, each where it is remembered to stand."""
        for number, link in enumerate(links):
            self.parts.append(", " if number else f" {link.word} ")
            self.links[link] = self.length
            self.parts.append(link.name)


def _vocabulary(policy: Policy) -> Sequence[str]:
    flat = () if policy.from_file else [f"group {node} = {_words(leaves)}" for node, leaves in NODES.items()]
    return (
        'attribute item one of "items.csv"' if policy.from_file else f"attribute item one of {_words(LEAVES)}",
        "attribute destination country",
        f"attribute uses set of {_words(USES)}",
        "attribute pieces integer",
        "attribute share percent optional",
        "attribute resale boolean",
        "attribute buyer entity",
        *flat,
        *(f"group {bloc} = {_words(countries)}" for bloc, countries in BLOCS.items()),
        *(f'list {name} from "parties.csv" where kind "{name}"' for name in LISTS),
        f'list {EMBARGO} of destination from "countries.csv"',
    )


def _instrument(instrument: Instrument) -> str:
    acts = [f"\n  {act.word} {_target(act.target, act.paragraph)}{_window(act.window)}" for act in instrument.acts]
    issued = "" if instrument.issued is None else f" issued {day(instrument.issued)}"
    word = "scenario" if instrument.scenario else "instrument"
    return f'{word} {instrument.name} "A made-up act"{issued}{_window(instrument.window)}{"".join(acts)}'


def _write_rule(page: _Page, number: int, rule: Rule) -> None:
    page.parts.append(f"{rule.kind} ")
    page.clauses[number, -1] = page.length
    subject = _words(rule.subject) if rule.subject else "any"
    excepted = f" except {_words(rule.excepted)}" if rule.excepted else ""
    under = "" if rule.instrument is None else f" under {_target(rule.instrument, rule.paragraph)}"
    when = "" if rule.condition is None else f" when {text(rule.condition)}"
    page.parts.append(f"{subject}{excepted} as {rule.name}{under}{_window(rule.window)}{when}")
    page.add_links([Link(number, -1, "supplements", name) for name in rule.supplements])
    _write_tail(page, number, -1, rule)
    for place, clause in enumerate(rule.clauses):
        page.parts.append("  ")
        page.clauses[number, place] = page.length
        effect = "require license" if clause.effect == "license" else clause.effect
        label = "" if clause.label is None else f" as {clause.label}"
        under = ""
        if clause.instrument is not None:
            under = f" under {_target(clause.instrument, clause.paragraph)}"
        elif clause.paragraph is not None:
            under = f' under "{clause.paragraph}"'
        when = "" if clause.condition is None else f" when {text(clause.condition)}"
        page.parts.append(f"{effect}{label}{under}{_window(clause.window)}{when}")
        _write_tail(page, number, place, clause)


def _write_tail(page: _Page, rule: int, place: int, one: Rule | Clause) -> None:
    page.add_links([Link(rule, place, "overrides", name) for name in one.overrides])
    page.add("".join(f' duty "{duty}"' for duty in one.duties))


def _files(policy: Policy) -> dict[str, str]:
    parents: dict[str, list[str]] = {leaf: [] for leaf in LEAVES}
    for node, leaves in (*_TWIGS.items(), ("Dual", NODES["Dual"])):
        for leaf in leaves:
            parents[leaf].append(node)
    items = ["value,parent", *(f"{node}," for node in (*_BRANCHES, "Dual"))]
    items += [f"{twig},{twig.split('.')[0]}" for twig in _TWIGS]
    items += [f"{leaf},{parent}" for leaf, above in parents.items() for parent in above]
    heads = {"parties.csv": "name,kind,under,effective,through", "countries.csv": "name,kind,under,effective,through"}
    rows = {file: [head] for file, head in heads.items()}
    for row in policy.rows:
        start, end = ("" if moment is None else day(moment) for moment in (row.window.start, row.window.end))
        file = "countries.csv" if row.list == EMBARGO else "parties.csv"
        rows[file].append(f"{row.name},{row.list},{row.under or ''},{start},{end}")
    return {"items.csv": "\n".join(items), **{file: "\n".join(lines) for file, lines in rows.items()}}


def _words(words: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' if word in PARTIES else word for word in words)


def _target(instrument: str, paragraph: str | None) -> str:
    return instrument if paragraph is None else f'{instrument} "{paragraph}"'


def _window(window: Window) -> str:
    start = "" if window.start is None else f" effective {day(window.start)}"
    return start if window.end is None else f"{start} through {day(window.end)}"


def _amount(attribute: str, number: int) -> str:
    if attribute == "share":
        return f"{number // 10}.{number % 10}%"
    return str(number) if attribute == "pieces" else day(number)


def day(ordinal: int) -> str:
    """Return a day as written."""
    return str(date.fromordinal(ordinal))
