"""What is found wrong with a policy given as text: the names of the problems and the words they point at."""

from __future__ import annotations

from collections.abc import Mapping

from rpol.model.folder import MemoryFolder
from rpol.model.policy import Policy
from rpol.model.resolve import resolve
from rpol.syntax.parse import parse
from rpol.text.diagnostic import Diagnostic, Severity
from rpol.text.source import Place, SourceText

Found = list[tuple[str, str]]


def resolved(
    *texts: str, files: Mapping[str, str] | None = None, may_fail_to_parse: bool = False
) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """Return what the texts, a file each, resolve to; unless it is said that they may not, they must parse."""
    parsed = []
    for number, text in enumerate(texts):
        source = SourceText(f"{number}.rpol", text)
        pieces, problems = parse(source)
        assert may_fail_to_parse or not problems, problems
        parsed.append((source, pieces))
    return resolve(parsed, MemoryFolder(dict(files or {})))


def errors(*texts: str, files: Mapping[str, str] | None = None, may_fail_to_parse: bool = False) -> Found:
    """Return the errors, each with the words it points at."""
    return _found("error", resolved(*texts, files=files, may_fail_to_parse=may_fail_to_parse)[1])


def warnings(*texts: str, files: Mapping[str, str] | None = None) -> Found:
    """Return the warnings of texts without errors, each with the words it points at."""
    policy, problems = resolved(*texts, files=files)
    assert policy is not None, problems
    return _found("warning", problems)


def only_problem(*texts: str, files: Mapping[str, str] | None = None) -> Diagnostic:
    """Return the only error that is found."""
    (problem,) = (one for one in resolved(*texts, files=files)[1] if one.severity == "error")
    return problem


def words(place: Place | None) -> str:
    """Return the words at a place."""
    assert place is not None
    return place.source.text[place.start : place.end]


def _found(severity: Severity, problems: tuple[Diagnostic, ...]) -> Found:
    return [(one.name, words(one.place)) for one in problems if one.severity == severity]
