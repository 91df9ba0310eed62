"""A decision and the reasons in it (language.md, section 3, "A decision"; section 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import field, fields, frozen, has

from rpol.runtime.ladder import WORDS


@frozen
class RowRef:
    """A list row that matched: the list, the value as written in its file, and the notice it stands under."""

    list: str
    name: str
    instrument: str | None


@frozen
class ClauseRef:
    """A clause as a reason.

    `control` is the name given by `as`, else the subject as written; `label` the clause's own `as`; `effect` a word
    of `ladder.EFFECTS`; `cite` the address of the instrument. `index` is the clause's place in the policy, for
    comparing references within one policy only.
    """

    index: int
    control: str
    label: str | None
    effect: str
    instrument: str | None
    paragraph: str | None
    cite: str | None


@frozen
class Lifted:
    """A clause that applies but does not stand, and the standing clauses that lift it or let it fall."""

    clause: ClauseRef
    by: tuple[ClauseRef, ...]


@frozen
class SuspensionRef:
    """An act at work: `instrument` suspends or repeals (`act`) `target`, at or below `paragraph` if given."""

    instrument: str
    act: str
    target: str
    paragraph: str | None


@frozen
class Suspended:
    """A clause that would apply if nothing were suspended or repealed, and the acts at work that matter to it."""

    clause: ClauseRef
    by: tuple[SuspensionRef, ...]


@frozen
class DutyRef:
    """A duty; `route` names the exempt or permit under which alone it is owed, else None."""

    text: str
    instrument: str | None
    control: str
    route: str | None = None


@frozen
class NoteRef:
    """A note of a clause that stands or acted."""

    text: str
    instrument: str | None
    control: str


@frozen
class Route:
    """A way to a free or lighter outcome: an exempt that acts or a permit that stands, with its own duties."""

    clause: ClauseRef
    duties: tuple[str, ...]


@frozen
class Citation:
    """A source of the decision; `rows` are the list rows of it that matched."""

    instrument: str
    paragraph: str | None
    cite: str | None
    rows: tuple[RowRef, ...] = ()


@frozen
class Unconfirmed:
    """Why the state on this day is not certain, and which instrument says so."""

    instrument: str
    why: str


@frozen
class ScenarioView:
    """What the case would be under a scenario; `differs` if the decision is not the same as the one asked for."""

    outcome: str
    mark: str | None
    differs: bool


@frozen
class Question:
    """An attribute that must be known to settle an undetermined answer, with the question its author wrote."""

    attribute: str
    question: str | None


@frozen
class Sometimes:
    """What some completions of the unknown facts have and others do not."""

    clauses: tuple[ClauseRef, ...] = ()
    duties: tuple[DutyRef, ...] = ()
    marks: tuple[str, ...] = ()


# (outcome, mark, outcome by instrument, duties as (text, instrument, route)): what makes two decisions the same.
Essence = tuple[str, str | None, frozenset[tuple[str, str]], frozenset[tuple[str, str | None, str | None]]]


@frozen
class Details:
    """All of a decision but its outcome and the clauses that set it.

    Where facts are unknown, each field holds what all completions share, and `sometimes` the rest; `since` and
    `through` then follow the outcome alone. Days are ISO dates, inclusive; None is open.
    """

    mark: str | None = None
    standing: tuple[ClauseRef, ...] = ()
    lifted: tuple[Lifted, ...] = ()
    suspended: tuple[Suspended, ...] = ()
    routes: tuple[Route, ...] = ()
    duties: tuple[DutyRef, ...] = ()
    notes: tuple[NoteRef, ...] = ()
    citations: tuple[Citation, ...] = ()
    # The outcome under each instrument; clauses without one count under the key "none" (a reserved word).
    by_instrument: Mapping[str, str] = field(factory=dict)
    since: str | None = None
    through: str | None = None
    unconfirmed: tuple[Unconfirmed, ...] = ()
    scenarios: Mapping[str, ScenarioView] = field(factory=dict)
    possible: tuple[str, ...] = ()
    ask: tuple[Question, ...] = ()
    sometimes: Sometimes = Sometimes()
    facts: Mapping[str, object] = field(factory=dict)
    date: str = ""
    known_on: str | None = None
    scenario: str | None = None
    assumed: Mapping[str, object] = field(factory=dict)
    digest: str = ""


class Decision:
    """The answer to one request.

    `outcome` is a word of the ladder or `undetermined`; `because` are the standing clauses that set it (or the exempts
    and permits that made it free). All else, the fields of :class:`Details`, is worked out when first asked for and
    reads as attributes of the decision.
    """

    __slots__ = ("_details", "because", "outcome")

    def __init__(self, outcome: str, because: tuple[ClauseRef, ...], details: Details | Callable[[], Details]) -> None:
        self.outcome = outcome
        self.because = because
        self._details = details

    @property
    def details(self) -> Details:
        """All other fields."""
        if not isinstance(self._details, Details):
            self._details = self._details()
        return self._details

    def __getattr__(self, name: str) -> Any:
        if name in DETAIL_NAMES:
            return getattr(self.details, name)
        raise AttributeError(f"a decision has no {name!r}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return (self.outcome, self.because, self.details) == (other.outcome, other.because, other.details)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[Decision], tuple[object, ...]]:
        return Decision, (self.outcome, self.because, self.details)

    def __repr__(self) -> str:
        reasons = ", ".join(ref.control for ref in self.because)
        return f"Decision({self.outcome!r}{', because ' + reasons if reasons else ''})"

    def to_dict(self) -> dict[str, object]:
        """Return the decision as JSON-ready data; its shape is `docs/reference/json.md`."""
        own: dict[str, object] = {
            "format_version": FORMAT_VERSION,
            "outcome": self.outcome,
            "words": WORDS[self.outcome],
            "because": [plain(ref) for ref in self.because],
        }
        return own | {name: plain(getattr(self.details, name)) for name in DETAIL_NAMES}


FORMAT_VERSION: Final = 1
DETAIL_NAMES: Final = tuple(attribute.name for attribute in fields(Details))


def plain(value: object) -> object:
    """Return `value` as dicts, lists and texts; `index` of a clause is left out, since it counts within one table."""
    if has(type(value)):
        return {a.name: plain(getattr(value, a.name)) for a in fields(type(value)) if a.name != "index"}  # type: ignore[arg-type]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value
