"""Large made-up policies to check and compare, from one seed: sparse rules with exceptions, and dense boxes."""

from __future__ import annotations

import random
from datetime import timedelta

import workload

_COLUMNS = 15
_WHOLE = 10  # so many columns are integers; the others have values
_TOP = 100_000
_VALUES = tuple(f"v{number}" for number in range(14))
_EFFECTS = ("allow", "allow", "require license", "require license\n  deny")

# What a box leaves of each column: the first and last integer, or some values.
Box = tuple[tuple[int, int] | tuple[str, ...], ...]


def sparse(count: int, *, changed: bool = False, seed: int = 11) -> str:
    """Return `count` rules like those of `workload`, a fifth of them with an exception, and promises that hold.

    `changed`: with one rule that begins later.
    """
    made = workload.rules(count, seed)
    if changed:
        made[count // 2].effective += timedelta(days=100)
    chance = random.Random(seed + 1)
    exceptions = [_exception(rule, chance) for rule in made[::5] if rule.outcome != "prohibit"]
    kept = [rule for rule in made[count // 2 + 1 :] if rule.outcome == "prohibit"]
    return "\n".join((workload.policy(made), *exceptions, *map(_promise, kept[: count // 200])))


def _exception(rule: workload.Rule, chance: random.Random) -> str:
    countries = ", ".join(chance.sample(workload.COUNTRIES, 3))
    when = f"destination in {countries} and end_use {rule.use or 'civil'}"
    items = ", ".join(sorted(rule.items))
    return f'permit {items} as except_{rule.name} when {when}\n  overrides {rule.name} duty "report"\n'


def _promise(rule: workload.Rule) -> str:
    when = [f"item in {', '.join(sorted(rule.items))}", *rule.conditions(), f"date >= {rule.effective}"]
    return f"always prohibit when {' and '.join(when)}"


def dense(count: int, *, changed: bool = False, seed: int = 11) -> str:
    """Return a box of 15 columns cut into `count` boxes that cover it once, a control each; half of them allow.

    `changed`: with one control of another effect.
    """
    chance = random.Random(seed)
    boxes: list[Box] = [tuple((0, _TOP) if column < _WHOLE else _VALUES for column in range(_COLUMNS))]
    while len(boxes) < count:
        place = chance.randrange(len(boxes))
        boxes[place : place + 1] = _cut(boxes[place], chance)
    effects = [chance.choice(_EFFECTS) for _ in boxes]
    if changed:
        effects[count // 2] = "prohibit"
    return "\n".join(
        (
            *(f"attribute c{column} integer" for column in range(_WHOLE)),
            *(f"attribute c{column} one of {', '.join(_values(column))}" for column in range(_WHOLE, _COLUMNS)),
            *(f"fact c{column} >= 0 and c{column} <= {_TOP}" for column in range(_WHOLE)),
            f'instrument source "A made-up source" issued {workload.FIRST_DAY}',
            *(
                f"control any as box_{number} under source when {_condition(box)}\n  {effect}"
                for number, (box, effect) in enumerate(zip(boxes, effects, strict=True))
            ),
        )
    )


def _cut(box: Box, chance: random.Random) -> list[Box]:
    """Return the two halves of a box, cut somewhere in one of its columns."""
    column = chance.randrange(_COLUMNS)
    side = box[column]
    if column < _WHOLE:
        first, last = side
        if first == last:
            return [box]
        cut = chance.randrange(first, last)
        halves = ((first, cut), (cut + 1, last))
    else:
        if len(side) == 1:
            return [box]
        cut = chance.randrange(1, len(side))
        halves = (side[:cut], side[cut:])
    return [(*box[:column], half, *box[column + 1 :]) for half in halves]


def _condition(box: Box) -> str:
    terms = []
    for column, side in enumerate(box):
        if column >= _WHOLE:
            terms += [f"c{column} in {', '.join(f'c{column}_{value}' for value in side)}"] if side != _VALUES else []
            continue
        first, last = side
        terms += [f"c{column} >= {first}"] if first else []
        terms += [f"c{column} <= {last}"] if last < _TOP else []
    return " and ".join(terms)


def _values(column: int) -> list[str]:
    return [f"c{column}_{value}" for value in _VALUES]
