"""Conditions too entangled to be multiplied out: cut the space up until the condition is settled everywhere.

`not ((a and b) or (c and d) or …)` comes to ever more overlapping boxes as it is multiplied out, but few disjoint ones
make it up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rpol.model.policy import AllOf, AnyOf, Condition, Negation
from rpol.runtime.contents import Box, Region
from rpolc.lower.atoms import Atom, atoms
from rpolc.space.box import Space
from rpolc.space.explore import Budget, Judgement, explore


def split(
    space: Space, condition: Condition, within: Region, expand: Callable[[Atom], Region], budget: Budget
) -> Region:
    """Return the part of `within`, which is disjoint, in which a condition is true, as disjoint boxes.

    `expand` gives the region of a test. Raise GaveUpError when the budget is spent.
    """
    masks: dict[Atom, int] = {}
    boxes: list[Box] = []
    for atom in atoms(condition):
        if atom not in masks:
            found = expand(atom)
            masks[atom] = (1 << len(found)) - 1 << len(boxes)
            boxes += found

    def judge(live: int, sure: int) -> Judgement:
        return _ask(condition, masks, live, sure)

    return tuple(part for start in within for part in explore(space, start, boxes, judge, budget))


def _ask(condition: Condition, masks: Mapping[Atom, int], live: int, sure: int) -> Judgement:
    """Tell whether a condition is true in a part that some boxes meet (`live`) and some contain (`sure`).

    The answer holds only if it turns on no box.
    """
    match condition:
        case Negation(term):
            answer, turning = _ask(term, masks, live, sure)
            return not answer, turning
        case AllOf(terms) | AnyOf(terms):
            settling = isinstance(condition, AnyOf)
            turning = 0
            for term in terms:
                answer, matters = _ask(term, masks, live, sure)
                if answer is settling and not matters:
                    return answer, 0
                turning |= matters
            return not settling, turning
        case atom:
            mask = masks[atom]
            return (True, 0) if mask & sure else (False, mask & live)
