"""A made-up policy of n rules and shipments for it, both from one seed: as rpol text, and as data for a plain loop."""

from __future__ import annotations

import random
from datetime import date, timedelta

COUNTRIES = ("AE", "AU", "BR", "CA", "CN", "DE", "FR", "GB", "IN", "IR", "JP", "KP", "KR", "MX", "RU", "TR", "US", "ZA")
USES = ("civil", "military", "wmd", "chip")
LADDER = ("allow", "license", "review", "deny", "prohibit")
FIRST_DAY = date(2024, 1, 1)


class Rule:
    """One rule: what must hold of a shipment, and the outcome then."""

    def __init__(self, number: int, items: int, chance: random.Random) -> None:
        self.name = f"rule_{number}"
        self.items = frozenset(f"item_{chance.randrange(items)}" for _ in range(chance.randint(1, 5)))
        self.destinations = frozenset(chance.sample(COUNTRIES, 5)) if chance.random() < 0.6 else None
        self.use = chance.choice(USES) if chance.random() < 0.5 else None
        self.per_mille = chance.choice((1, 5, 100, 250)) if chance.random() < 0.4 else None
        self.effective = FIRST_DAY + timedelta(days=chance.randrange(700))
        self.outcome = chance.choice(LADDER[1:])

    def conditions(self) -> list[str]:
        """Return what must hold besides the items, as rpol has it."""
        found = [f"destination in {', '.join(sorted(self.destinations))}"] if self.destinations else []
        found += [f"end_use {self.use}"] if self.use else []
        return found + ([f"share >= {self.per_mille / 10}%"] if self.per_mille else [])

    def text(self) -> str:
        """Return the rule as a control."""
        when = self.conditions()
        effect = {"license": "require license", "prohibit": "prohibit"}
        effects = effect.get(self.outcome, f"require license\n  {self.outcome}")
        head = f'control {", ".join(sorted(self.items))} as {self.name} under source "{self.name}"'
        condition = f" when {' and '.join(when)}" if when else ""
        return f"{head} effective {self.effective}{condition}\n  {effects}\n"


def rules(count: int, seed: int = 11) -> list[Rule]:
    """Return `count` rules, the same for the same seed."""
    chance = random.Random(seed)
    return [Rule(number, items_of(count), chance) for number in range(count)]


def items_of(count: int) -> int:
    """Return how many items a policy of `count` rules speaks of."""
    return max(50, count)


def policy(made: list[Rule]) -> str:
    """Return the rules as an rpol policy."""
    return "\n".join(
        (
            f"attribute item one of {', '.join(f'item_{n}' for n in range(items_of(len(made))))}",
            "attribute destination country",
            f"attribute end_use one of {', '.join(USES)}",
            "attribute share percent",
            f'instrument source "A made-up source" issued {FIRST_DAY}',
            *(rule.text() for rule in made),
            "otherwise allow",
        )
    )


def shipments(count: int, made: list[Rule], seed: int = 12) -> list[dict[str, str]]:
    """Return `count` shipments, a third of them meant to meet a rule."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        rule = chance.choice(made) if chance.random() < 0.33 else None
        found.append(
            {
                "item": chance.choice(sorted(rule.items)) if rule else f"item_{chance.randrange(items_of(len(made)))}",
                "destination": chance.choice(sorted(rule.destinations or COUNTRIES) if rule else COUNTRIES),
                "end_use": rule.use if rule and rule.use else chance.choice(USES),
                "share": f"{chance.choice((0, 1, 3, 10, 50, 200, 600)) / 10}%",
                "date": str(FIRST_DAY + timedelta(days=chance.randrange(900))),
            }
        )
    return found


def loop(made: list[Rule], shipment: dict[str, str]) -> tuple[str, list[str]]:
    """Return the outcome and the names of the rules that set it, by asking rule after rule."""
    day = date.fromisoformat(shipment["date"])
    share = float(shipment["share"].rstrip("%")) * 10
    strictest, names = 0, []
    for rule in made:
        if (
            shipment["item"] in rule.items
            and rule.effective <= day
            and (rule.destinations is None or shipment["destination"] in rule.destinations)
            and (rule.use is None or rule.use == shipment["end_use"])
            and (rule.per_mille is None or share >= rule.per_mille)
        ):
            rung = LADDER.index(rule.outcome)
            if rung > strictest:
                strictest, names = rung, []
            if rung == strictest:
                names.append(rule.name)
    return LADDER[strictest], names
