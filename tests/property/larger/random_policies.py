"""Random policies of dozens of rules, such as a compiler accepts, and changes to one clause of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from attrs import evolve, field, frozen
from tests.property.larger.links import RUNGS, Links
from tests.property.larger.objects import (
    BLOCS,
    COUNTRIES,
    EMBARGO,
    LEAVES,
    LISTS,
    NODES,
    PARTIES,
    USES,
    Act,
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
    Promise,
    Row,
    Rule,
    Some,
    Window,
    Yes,
    all_of,
)
from tests.property.larger.sound import is_sound

T = TypeVar("T")

FIRST_DAY = 737_425  # 2020-01-01
_DAYS = 2_400
_PARAGRAPHS = ("1", "1(1)", "1(2)", "1.a", "2", "2(1)", "10", "3")
_SCENARIO = "extended"


def random_policy(seed: int, rules: int) -> Policy:
    """Return a policy of so many rules; the same for the same seed."""
    return _Making(Random(seed)).policy(rules)


def random_change(policy: Policy, seed: int) -> Policy:
    """Return a policy with one clause changed or left out, such as a compiler accepts."""
    making = _Making(Random(seed))
    while True:
        changed = making.changed(policy)
        if changed != policy and is_sound(changed):
            return changed


def without_link(policy: Policy, link: Link) -> Policy:
    """Return a policy without one name behind `overrides` or `supplements`."""
    rule = policy.rules[link.rule]
    one: Rule | Clause = rule if link.place < 0 else rule.clauses[link.place]
    less = evolve(one, **{link.word: tuple(name for name in getattr(one, link.word) if name != link.name)})
    if isinstance(less, Clause):
        less = evolve(rule, clauses=(*rule.clauses[: link.place], less, *rule.clauses[link.place + 1 :]))
    return evolve(policy, rules=(*policy.rules[: link.rule], less, *policy.rules[link.rule + 1 :]))


@frozen
class _Making:
    chance: Random
    days: list[int] = field(factory=list)

    def policy(self, rules: int) -> Policy:
        self.days.extend(FIRST_DAY + self.chance.randrange(_DAYS) for _ in range(24))
        instruments = tuple(self._instrument(f"act_{number}") for number in range(7))
        scenario = Instrument(_SCENARIO, None, Window(), scenario=True)
        policy = Policy(
            from_file=self._often(0.5),
            instruments=(*instruments, scenario),
            rows=tuple(self._rows(instruments)),
            rules=(),
            facts=tuple(self._facts()),
            otherwise=self.chance.choice((None, None, "allow", "license")),
        )
        for number in range(rules):
            policy = self._with_rule(policy, number)
        policy = evolve(policy, instruments=tuple(self._acts(policy)))
        policy = self._with_forces(policy)
        return evolve(policy, promises=tuple(self._promise(policy) for _ in range(8)))

    # ------------------------------------------------------------ small choices

    def _often(self, share: float) -> bool:
        return self.chance.random() < share

    def _day(self) -> int:
        return self.chance.choice(self.days)

    def _some(self, among: Sequence[T], most: int) -> tuple[T, ...]:
        return tuple(self.chance.sample(list(among), self.chance.randint(1, most)))

    def _window(self, first: int = 0, share: float = 0.3) -> Window:
        """Return a window that starts at `first` or later, if it has a start."""
        start = max(self._day(), first) if self._often(share) else None
        end = max(self._day(), first, start or 0) if self._often(share) else None
        return Window(start, end)

    # ------------------------------------------------------------ conditions

    def _atom(self) -> Condition:
        kind = self.chance.choice(
            ("destination", "destination", "destination", "uses", "uses", "buyer", "pieces", "share", "resale", "only")
        )
        match kind:
            case "destination":
                words = (*BLOCS, *COUNTRIES, EMBARGO)
                return In("destination", self._some(words, 3))
            case "uses":
                return In("uses", self._some(USES, 2))
            case "only":
                return In("uses", self._some(USES, 2), only=True)
            case "buyer":
                return In("buyer", self._some((*LISTS, *LISTS, *PARTIES), 2))
            case "pieces":
                return Compared("pieces", self.chance.choice(("<", "<=", ">", ">=", "")), self.chance.randrange(40) * 5)
            case "share":
                if self._often(0.2):
                    return IsNone("share")
                return Compared("share", self.chance.choice(("<", "<=", ">", ">=")), self.chance.randrange(1, 60) * 5)
        return Yes("resale")

    def _term(self) -> Condition:
        term = self._atom()
        if self._often(0.12):
            term = Some((term, self._atom()))
        return Not(term) if self._often(0.15) else term

    def _condition(self, most: int) -> Condition | None:
        return all_of(*(self._term() for _ in range(self.chance.randint(0, most))))

    # ------------------------------------------------------------ sources

    def _instrument(self, name: str) -> Instrument:
        issued = FIRST_DAY + self.chance.randrange(500)
        start = issued + self.chance.randrange(200) if self._often(0.5) else None
        end = FIRST_DAY + 1_200 + self.chance.randrange(1_200) if self._often(0.3) else None
        return Instrument(name, issued, Window(start, end))

    def _rows(self, instruments: Sequence[Instrument]) -> list[Row]:
        found = []
        for name, among, most in (*((one, PARTIES, 5) for one in LISTS), (EMBARGO, COUNTRIES, 4)):
            for value in self._some(among, most):
                under = self.chance.choice(instruments).name if self._often(0.5) else None
                found.append(Row(name, value, under, self._window()))
        return found

    def _acts(self, policy: Policy) -> list[Instrument]:
        """Return the instruments, the later ones with acts on earlier ones, so that they form no circle."""
        cited = [
            (one.instrument, one.paragraph)
            for one in Links(policy).clauses
            if one.instrument not in (None, _SCENARIO) and one.paragraph is not None
        ]
        found = []
        for number, instrument in enumerate(policy.instruments):
            acts = []
            for _ in range(self.chance.choice((0, 1, 1, 2)) if number else 0):
                target: str | None = self.chance.choice(policy.instruments[: min(number, 7)]).name
                paragraph = None
                below = [one for one in cited if one[0] in {one.name for one in policy.instruments[:number]}]
                if below and self._often(0.6):
                    target, paragraph = self.chance.choice(below)
                    paragraph = "1" if paragraph is not None and paragraph[:2] in ("1(", "1.") else paragraph
                start = self._day()
                end = start + self.chance.randrange(30, 900) if self._often(0.8) else None
                assert target is not None
                word = self.chance.choice(("suspend", "repeal"))
                acts.append(Act(word, target, paragraph, Window(start if self._often(0.9) else None, end)))
            found.append(evolve(instrument, acts=tuple(one for one in acts if self._runs(instrument, one.window))))
        return found

    def _runs(self, instrument: Instrument, window: Window) -> bool:
        """Tell whether a window, its missing start or end that of the instrument, does not end before it starts."""
        start = window.start or instrument.window.start or instrument.issued or 0
        end = window.end or instrument.window.end
        return end is None or start <= end

    def _facts(self) -> list[Condition]:
        facts: list[Condition] = [
            Some((Not(In("item", ("K0",))), Not(IsNone("share")))),
            Not(_both(In("uses", ("military",)), In("uses", ("relief",)))),
            Compared("pieces", ">=", 0),
            Some((Not(In("destination", ("closed",))), Not(Yes("resale")))),
        ]
        return [fact for fact in facts if self._often(0.5)]

    # ------------------------------------------------------------ rules

    def _with_rule(self, policy: Policy, number: int) -> Policy:
        """Return the policy with one rule more that fits it."""
        while True:
            kind = self.chance.choices(("control", "permit", "oblige", "twin"), (78, 8, 6, 8 if number else 0))[0]
            if kind == "twin":
                rule = self._twin(self.chance.choice(policy.rules), number)
            else:
                rule = self._rule(policy, kind, number)
            grown = evolve(policy, rules=(*policy.rules, rule))
            if is_sound(grown):
                return grown

    def _rule(self, policy: Policy, kind: str, number: int) -> Rule:
        instrument = self.chance.choice(policy.instruments[:7]) if self._often(0.8) else None
        if self._often(0.03):
            instrument = policy.instruments[7]
        first = 0 if instrument is None else instrument.window.start or instrument.issued or 0
        subject = self._some((*NODES, *LEAVES, *LEAVES[::3]), 3) if self._often(0.96) else ()
        excepted = (self.chance.choice(LEAVES),) if subject and self._often(0.1) else ()
        earlier = [rule.name for rule in policy.rules]
        names = (*earlier, *(clause.label for rule in policy.rules for clause in rule.clauses if clause.label))
        overrides = {"permit": 0.9, "control": 0.12}.get(kind, 0)
        supplements = kind != "permit" and bool(earlier) and self._often(0.12)
        name = f"r{number}"
        return Rule(
            kind=kind,
            name=name,
            subject=subject,
            excepted=excepted,
            condition=self._condition(2),
            instrument=None if instrument is None else instrument.name,
            paragraph=self.chance.choice(_PARAGRAPHS) if instrument is not None and self._often(0.5) else None,
            window=self._window(first),
            overrides=self._names(names, overrides),
            supplements=self._some((*earlier, *(f"act_{n}" for n in range(3))), 2) if supplements else (),
            duties=self._duties(name, 1.0 if kind == "oblige" else 0.15),
            clauses=tuple(self._clauses(policy, name, instrument, names)) if kind == "control" else (),
        )

    def _clauses(self, policy: Policy, rule: str, instrument: Instrument | None, names: Sequence[str]) -> list[Clause]:
        found: list[Clause] = []
        for place in range(self.chance.choice((0, 1, 1, 2, 2, 3))):
            effect = self.chance.choices(
                ("license", "review", "deny", "prohibit", "exempt", "allow"), (6, 3, 4, 3, 3, 1)
            )[0]
            label = f"{rule}_{place}" if self._often(0.4) else None
            own = self.chance.choice(policy.instruments[:7]) if self._often(0.06) else None
            cites = own or instrument
            first = 0 if cites is None else cites.window.start or cites.issued or 0
            found.append(
                Clause(
                    effect=effect,
                    label=label,
                    condition=self._condition(2),
                    instrument=None if own is None else own.name,
                    paragraph=self.chance.choice(_PARAGRAPHS) if cites is not None and self._often(0.2) else None,
                    window=self._window(first, 0.08),
                    overrides=self._names(names, 0.1) or self._own_names(found),
                    duties=self._duties(label or f"{rule} {place}", 0.15),
                )
            )
        return found

    def _names(self, names: Sequence[str], share: float) -> tuple[str, ...]:
        if not names or not self._often(share):
            return ()
        return self._some((*names, *(f"act_{number}" for number in range(7))), min(3, len(names)))

    def _own_names(self, clauses: Sequence[Clause]) -> tuple[str, ...]:
        """Return what clauses of the same control are named, of which a written `overrides` beats what they lift."""
        names = [clause.label for clause in clauses if clause.label is not None]
        return self._some(names, 1) if names and self._often(0.25) else ()

    def _duties(self, name: str, share: float) -> tuple[str, ...]:
        """Return duties: some that many have, some of one clause alone."""
        return (self.chance.choice(("report", "keep records", f"do as {name} says")),) if self._often(share) else ()

    def _twin(self, rule: Rule, number: int) -> Rule:
        """Return a rule much like another, so that some hide others."""
        clauses = tuple(evolve(one, label=one.label and f"r{number}_{i}") for i, one in enumerate(rule.clauses))
        narrower = all_of(rule.condition, self._term()) if self._often(0.6) else rule.condition
        return evolve(rule, name=f"r{number}", clauses=clauses, condition=narrower)

    def _with_forces(self, policy: Policy) -> Policy:
        """Return the policy with a few conditions that ask what is in force."""
        for _ in range(4):
            number = self.chance.randrange(len(policy.rules))
            rule = policy.rules[number]
            force: Condition = Force(self.chance.choice(policy.instruments[:7]).name, self._paragraph(policy))
            term = Not(force) if self._often(0.3) else force
            changed = evolve(
                policy,
                rules=(
                    *policy.rules[:number],
                    evolve(rule, condition=all_of(rule.condition, term)),
                    *policy.rules[number + 1 :],
                ),
            )
            if is_sound(changed):
                policy = changed
        return policy

    def _paragraph(self, policy: Policy) -> str | None:
        return self.chance.choice(_PARAGRAPHS) if self._often(0.4) else None

    # ------------------------------------------------------------ promises

    def _promise(self, policy: Policy) -> Promise:
        rule = self.chance.choice(policy.rules)
        terms: list[Condition | None] = [In("item", rule.subject) if rule.subject else None, rule.condition]
        terms += (clause.condition for clause in rule.clauses[:1])
        if self._often(0.5):
            terms.append(Compared("date", ">=", self._day()))
        if self._often(0.3):
            terms.append(Compared("date", "<", self._day()))
        if self._often(0.3):
            terms.append(Compared("known_on", self.chance.choice(("<=", ">")), self._day()))
        terms += (self._term() for _ in range(self.chance.randint(0, 3)))
        condition = all_of(*terms) or Yes("resale")
        word = self.chance.choice(("always", "never"))
        outcome = self.chance.choice(RUNGS[1:] if word == "always" else RUNGS)
        return Promise(word, outcome, word == "always" and self._often(0.7), condition)

    # ------------------------------------------------------------ one clause changed

    def changed(self, policy: Policy) -> Policy:
        self.days.extend(FIRST_DAY + self.chance.randrange(_DAYS) for _ in range(4))
        # Of a rule for many items very many decisions change: too many to hold each against Z3.
        number = self.chance.choice([number for number, rule in enumerate(policy.rules) if _is_narrow(rule)])
        rule = policy.rules[number]
        if rule.clauses and self._often(0.7):
            place = self.chance.randrange(len(rule.clauses))
            anew = self._changed_clause(rule.clauses[place])
            clauses = (*rule.clauses[:place], *(() if anew is None else (anew,)), *rule.clauses[place + 1 :])
            rules: tuple[Rule, ...] = (evolve(rule, clauses=clauses),)
        else:
            rules = self._changed_rule(rule)
        return evolve(policy, rules=(*policy.rules[:number], *rules, *policy.rules[number + 1 :]))

    def _changed_clause(self, clause: Clause) -> Clause | None:
        changes: tuple[Callable[[], Clause | None], ...] = (
            lambda: None,
            lambda: evolve(clause, effect=self.chance.choice((*RUNGS[1:], "exempt"))),
            lambda: evolve(clause, condition=all_of(clause.condition, self._term())),
            lambda: evolve(clause, condition=None),
            lambda: evolve(clause, window=self._window(FIRST_DAY + 800, 0.7)),
            lambda: evolve(clause, duties=self._duties("anew", 0.7)),
            lambda: evolve(clause, overrides=()),
            lambda: evolve(clause, overrides=self._names((*clause.overrides, "act_0"), 1.0)),
        )
        return self.chance.choice(changes)()

    def _changed_rule(self, rule: Rule) -> tuple[Rule, ...]:
        changes: tuple[Callable[[], Rule], ...] = (
            lambda: evolve(rule, subject=self._some((*NODES, *LEAVES), 3)),
            lambda: evolve(rule, condition=all_of(rule.condition, self._term())),
            lambda: evolve(rule, condition=None),
            lambda: evolve(rule, window=self._window(FIRST_DAY + 800, 0.7)),
            lambda: evolve(rule, duties=self._duties("anew", 1.0 if rule.kind == "oblige" else 0.7)),
            lambda: evolve(rule, overrides=()),
            lambda: evolve(rule, supplements=rule.supplements[1:]),
        )
        return () if self._often(0.05) else (self.chance.choice(changes)(),)


def _is_narrow(rule: Rule) -> bool:
    return bool(rule.subject) and sum(len(NODES.get(word, (word,))) for word in rule.subject) <= 2


def _both(*terms: Condition) -> Condition:
    condition = all_of(*terms)
    assert condition is not None
    return condition
