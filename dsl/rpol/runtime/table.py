"""The table: what an embedding program holds on to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from rpol.runtime import codec
from rpol.runtime.answer import answer
from rpol.runtime.attribute import Attribute
from rpol.runtime.contents import Contents
from rpol.runtime.decision import Decision
from rpol.runtime.errors import RpolError, TableError, UncheckedSignature
from rpol.runtime.evaluate import Evaluator
from rpol.runtime.index import Index
from rpol.runtime.read import AXIS_KEYS, read
from rpol.runtime.read_day import Zone
from rpol.runtime.standing import Rules


@frozen
class Answered:
    """The answer to one of many requests: a decision, or why there is none; never both."""

    decision: Decision | None
    problem: str | None


class Table:
    """A policy compiled for deciding.

    A table never changes, may be used by several threads at once, and pickles as its bytes.
    """

    def __init__(self, contents: Contents, data: bytes | None = None) -> None:
        self._contents = contents
        self._data = codec.encode(contents) if data is None else data
        self._evaluator = Evaluator(Index(contents), Rules(contents))

    @classmethod
    def from_bytes(cls, data: bytes) -> Table:
        """Return the table that `data` holds. Raise TableError if it holds none."""
        return cls(codec.decode(data), bytes(data))

    def to_bytes(self) -> bytes:
        """Return the artifact: the same bytes for the same policy."""
        return self._data

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the artifact, in hex."""
        return sha256(self._data).hexdigest()

    @property
    def contents(self) -> Contents:
        """What the table holds, for targets and reports; its shape may change between versions."""
        return self._contents

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """What a request may give."""
        return self._contents.attributes

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios."""
        return tuple(one.name for one in self._contents.instruments if one.scenario)

    def decide(
        self,
        mapping: Mapping[str, object] | None = None,
        /,
        *,
        known_on: object = None,
        scenario: str | None = None,
        timezone: Zone = None,
        assume: Mapping[str, object] | None = None,
        strictest: bool = False,
        **facts: object,
    ) -> Decision:
        """Return the decision for one request, given as a mapping, as keywords, or both.

        What is not given is unknown; `assume` fills it in and is recorded. With `strictest`, an undetermined answer
        becomes the strictest of the possible outcomes. Raise RpolError for unknown words, values that cannot be read
        and impossible cases.
        """
        request = read(
            self._contents.attributes,
            self.scenarios,
            {**(mapping or {}), **facts},
            known_on=known_on,
            scenario=scenario,
            timezone=timezone,
            assume=assume,
        )
        return answer(self._evaluator, request, self.digest, strictest)

    def decide_many(
        self,
        data: Iterable[Mapping[str, object]] | Mapping[str, Sequence[object]],
        *,
        columns: Sequence[str] = ("outcome", "controls", "problem"),
        known_on: object = None,
        scenario: str | None = None,
        timezone: Zone = None,
        assume: Mapping[str, object] | None = None,
        strictest: bool = False,
    ) -> Iterator[Mapping[str, object]]:
        """Yield each row of `data` with its answer in `columns`; a row that cannot be decided is marked, never dropped.

        `data` are rows (mappings) or columns (a mapping of sequences of one length). Keys that are no attributes pass
        through. `columns` may name any field of a decision besides `controls` (the clauses that set the outcome),
        `problem` (why a row is not decided) and `decision` (all of it).
        """
        names = {attribute.name for attribute in self._contents.attributes} | set(AXIS_KEYS)
        for row in _rows(data):
            if not isinstance(row, Mapping):
                stranger = Answered(None, "This row is no mapping from attributes to values.")
                yield {column: _column(stranger, column) for column in columns}
                continue
            asked = {key: value for key, value in row.items() if key in names}
            try:
                decision = self.decide(
                    asked, known_on=known_on, scenario=scenario, timezone=timezone, assume=assume, strictest=strictest
                )
                answered = Answered(decision, _open_question(decision))
            except RpolError as error:
                answered = Answered(None, str(error))
            yield {**row, **{column: _column(answered, column) for column in columns}}

    def __reduce__(self) -> tuple[object, tuple[bytes]]:
        return Table.from_bytes, (self._data,)

    def __repr__(self) -> str:
        return f"<rpol table {self.digest[:12]}: {len(self._contents.clauses)} clauses>"


def load(path: str | os.PathLike[str], key: object = None) -> Table:
    """Return the table in the file at `path`. Raise TableError if it holds none.

    A `key` asks for a signature to be checked, which this version cannot do: it refuses rather than pass it over.
    """
    if key is not None:
        raise UncheckedSignature("This version of rpol cannot check signatures. Load the table without a key.")
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise TableError(f"The table {path} cannot be read: {error.strerror or error}.") from None
    try:
        return Table.from_bytes(data)
    except TableError as error:
        raise type(error)(f"{path}: {error}") from None


def _rows(data: Iterable[Mapping[str, object]] | Mapping[str, Sequence[object]]) -> Iterator[Mapping[str, object]]:
    if not isinstance(data, Mapping):
        yield from data
        return
    lengths = {len(column) for column in data.values()}
    if len(lengths) > 1:
        raise RpolError(f"The columns differ in length: {', '.join(map(str, sorted(lengths)))}.")
    for values in zip(*data.values(), strict=True):
        yield dict(zip(data, values, strict=True))


def _open_question(decision: Decision) -> str | None:
    if decision.outcome != "undetermined":
        return None
    asked = ", ".join(question.attribute for question in decision.ask)
    return f"undetermined ({' or '.join(decision.possible)}): it depends on {asked}"


def _column(answered: Answered, column: str) -> object:
    if column == "problem":
        return answered.problem
    if column == "decision":
        return answered.decision
    if answered.decision is None:
        return [] if column == "controls" else None
    if column == "controls":
        return list(dict.fromkeys(ref.control for ref in answered.decision.because))
    return getattr(answered.decision, column)
