"""The columns that a screening adds to a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rpol.runtime.decision import Citation, Decision, DutyRef, plain
from rpolc.screen.answer import Answer
from rpolc.screen.near import Near
from rpolc.screen.rows import Format
from rpolc.screen.write import text

# What may be asked for besides: fields of a decision, in their JSON shape.
MORE: Final = (
    "mark",
    "by_instrument",
    "since",
    "through",
    "standing",
    "lifted",
    "suspended",
    "routes",
    "notes",
    "scenarios",
    "possible",
    "ask",
    "sometimes",
)


def columns(*, near: bool, assumed: bool, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of the columns to add, in order."""
    names = ["outcome", "controls", "citations", "duties", "unconfirmed"]
    names += ["near"] if near else []
    names += ["assumed"] if assumed else []
    return (*names, *more, "problem", "digest")


def decision_cells(decision: Decision | None, names: Sequence[str], form: Format) -> dict[str, object]:
    """Return what a decision fills in of the columns `names`; what no decision fills is left out."""
    return {name: _cell(name, decision, form) for name in names if name not in _BESIDES}


def row_cells(answer: Answer, digest: str, form: Format) -> dict[str, object]:
    """Return all that is added to a row: texts for CSV, the shapes of a decision for JSON."""
    return {
        **answer.judged.cells,
        "outcome": answer.judged.outcome,
        "near": list(dict.fromkeys(map(_near, answer.near))) if form == "csv" else list(map(plain, answer.near)),
        "problem": answer.judged.marked.sentence if answer.judged.marked else None,
        "digest": digest,
    }


def _cell(name: str, decision: Decision | None, form: Format) -> object:
    if decision is None:
        return [] if name in _LISTS else None
    if name == "controls":
        return list(dict.fromkeys(ref.control for ref in decision.because))
    written = _TEXTS.get(name, plain) if form == "csv" else plain
    return written(getattr(decision, name))


def _citation(citation: Citation) -> str:
    paragraph = f", paragraph {citation.paragraph}" if citation.paragraph else ""
    return f"{citation.instrument}{paragraph}{f', {citation.cite}' if citation.cite else ''}"


def _duty(duty: DutyRef) -> str:
    return f"{duty.text} (only on the route {duty.route})" if duty.route else duty.text


def _near(near: Near) -> str:
    return f"{near.list}: {near.name} ({near.score:g})"


def _assumed(assumed: Mapping[str, object]) -> list[str]:
    return [f"{name}={text(value)}" for name, value in assumed.items()]


# What is not a field of the decision.
_BESIDES: Final = ("outcome", "near", "problem", "digest")
_LISTS: Final = ("controls", "citations", "duties", "unconfirmed")
# How columns are written in CSV, where it is not the JSON of the decision.
_TEXTS: Final[Mapping[str, Callable[[Any], object]]] = {
    "citations": lambda citations: [_citation(citation) for citation in citations],
    "duties": lambda duties: [_duty(duty) for duty in duties],
    "unconfirmed": lambda doubts: [f"{doubt.instrument}: {doubt.why}" for doubt in doubts],
    "assumed": _assumed,
}
