"""What a word may mean while a policy is resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from rpol.model import problems
from rpol.model.policy import Condition, Target
from rpol.model.resolution.names import Names
from rpol.model.resolution.vocabulary import Vocabulary
from rpol.runtime.attribute import Value
from rpol.text.source import Place

# Bounds of a condition once all groups and defines are written out in it: far beyond what anybody can review, and
# far below what would exhaust a machine.
MOST_TESTS: Final = 5_000
DEEPEST: Final = 100
# All conditions and groups of a policy together: tests, values and names, everything written out.
MOST_IN_ALL: Final = 10_000_000


@frozen
class Selection:
    """Values, and the members of lists; each of `carved` is what its first part selects and its second does not.

    `size` counts the tests it takes to tell whether a value is selected.
    """

    values: frozenset[Value] = frozenset()
    lists: tuple[str, ...] = ()
    carved: tuple[tuple[Selection, Selection], ...] = ()
    size: int = field(default=1, eq=False)
    depth: int = field(default=1, eq=False)


@frozen
class Group:
    """What a group stands for, by the attribute it is read for; `rules` if it is read as names of rules and law."""

    readings: Mapping[str, Selection]
    rules: tuple[str, ...] | None


@frozen
class Meaning:
    """A condition, how many tests it takes and how deep they are nested once everything is written out.

    `speaks_of` are those of "date", "known_on" and "in force" that it names.
    """

    condition: Condition
    size: int = 1
    depth: int = 1
    speaks_of: frozenset[str] = frozenset()


@frozen
class Scope:
    """The words of a policy; groups and defines are added as they become known.

    `lists` says of which attribute each list is (None: of parties). `asked` are the paragraphs that conditions name,
    to be looked for once all clauses are known; some may lack where `lacks_rules`, for a statement did not parse.
    `selections` remembers what words mean; `spent` counts all that has been written out.
    """

    names: Names
    vocabulary: Vocabulary
    lists: Mapping[str, str | None]
    lacks_rules: bool
    groups: dict[str, Group] = field(factory=dict)
    defines: dict[str, Meaning] = field(factory=dict)
    asked: list[tuple[Target, Place]] = field(factory=list)
    selections: dict[tuple[str, tuple[tuple[str, str], ...]], Selection] = field(factory=dict)
    spent: list[int] = field(factory=lambda: [0])


def affordable(scope: Scope, place: Place, *, size: int = 1, depth: int = 1, amount: int = 0) -> bool:
    """Tell whether what is written out at a place is small enough to be worked with; report it if it is not.

    `size` counts its tests and `depth` how deep they are nested; `amount` counts the values or names in it, which all
    places share.
    """
    if scope.spent[0] > MOST_IN_ALL:
        return False
    scope.spent[0] += size + amount
    if size <= MOST_TESTS and depth <= DEEPEST and scope.spent[0] <= MOST_IN_ALL:
        return True
    scope.names.found.append(problems.names.too_complex(place))
    return False
