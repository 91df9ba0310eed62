"""The columns that a screening adds to a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rpol.runtime.decision import Citation, DutyRef, plain
from rpolc.screen.answer import Answer
from rpolc.screen.near import Near
from rpolc.screen.rows import Format

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
    "unconfirmed",
    "scenarios",
    "possible",
    "ask",
    "sometimes",
)


def columns(*, near: bool, assumed: bool, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of the columns to add, in order."""
    names = ["outcome", "controls", "citations", "duties"]
    names += ["near"] if near else []
    names += ["assumed"] if assumed else []
    return (*names, *more, "problem", "digest")


def cells(answer: Answer, digest: str, names: Sequence[str], form: Format) -> dict[str, object]:
    """Return what stands in the added columns `names`: texts for CSV, the shapes of a decision for JSON."""
    kind = _TEXTS if form == "csv" else _DATA
    return {name: _cell(name, answer, digest, kind) for name in names}


def _cell(name: str, answer: Answer, digest: str, kind: Mapping[str, Callable[[Any], object]]) -> object:
    if name == "outcome":
        return answer.outcome
    if name == "problem":
        return answer.marked.sentence if answer.marked else None
    if name == "digest":
        return digest
    if name == "near":
        return kind[name](answer.near)
    if answer.decision is None:
        return [] if name in _LISTS else None
    if name == "controls":
        return list(dict.fromkeys(ref.control for ref in answer.decision.because))
    return kind.get(name, plain)(getattr(answer.decision, name))


def _citation(citation: Citation) -> str:
    paragraph = f", paragraph {citation.paragraph}" if citation.paragraph else ""
    return f"{citation.instrument}{paragraph}{f', {citation.cite}' if citation.cite else ''}"


def _duty(duty: DutyRef) -> str:
    return f"{duty.text} (only on the route {duty.route})" if duty.route else duty.text


def _near(near: Near) -> str:
    return f"{near.list}: {near.name} ({near.score:g})"


def _assumed(assumed: Mapping[str, object]) -> list[str]:
    return [f"{name}={'|'.join(map(str, v)) if isinstance(v, (list, tuple)) else v}" for name, v in assumed.items()]


_LISTS: Final = ("controls", "citations", "duties")
# How columns are written in CSV, and in JSON where it is not the shape of the decision.
_TEXTS: Final[Mapping[str, Callable[[Any], object]]] = {
    "citations": lambda citations: list(map(_citation, citations)),
    "duties": lambda duties: list(map(_duty, duties)),
    "near": lambda found: list(map(_near, found)),
    "assumed": _assumed,
}
_DATA: Final[Mapping[str, Callable[[Any], object]]] = {"near": plain}
