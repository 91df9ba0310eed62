"""Larger policies as `.rpol` text, with the places of what is reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import field, frozen
from tests.property.larger.objects import (
    BLOCS,
    BRANCHES,
    EMBARGO,
    LEAVES,
    LISTS,
    NODES,
    PARTIES,
    TWIGS,
    USES,
    All,
    Clause,
    Compared,
    Condition,
    Force,
    In,
    Instrument,
    IsNone,
    Link,
    Not,
    Policy,
    Rule,
    Some,
    Window,
    Yes,
)


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
    for node, leaves in (*TWIGS.items(), ("Dual", NODES["Dual"])):
        for leaf in leaves:
            parents[leaf].append(node)
    items = ["value,parent", *(f"{node}," for node in (*BRANCHES, "Dual"))]
    items += [f"{twig},{twig.split('.')[0]}" for twig in TWIGS]
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
