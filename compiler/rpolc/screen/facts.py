"""Which columns of a file are facts of a case, and what a row says with them (language.md, section 8)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from rpol.runtime.names import nearest
from rpol.runtime.raw import is_missing
from rpol.runtime.read import AXIS_KEYS
from rpolc.screen.rows import Row, UnusableFile

NONE: Final = "none"
_LONGEST_LISTING: Final = 500


@frozen
class Reading:
    """How the rows of a file are read as facts.

    `renamed` are the attributes read from a column of another name; every other attribute is read from the column of
    its own. In the columns `nulls_as_none`, what is empty means none.
    """

    attributes: tuple[str, ...]
    renamed: Mapping[str, str]
    nulls_as_none: frozenset[str]

    @property
    def asked_for(self) -> frozenset[str]:
        """The columns that were named, and so must be there."""
        return self.nulls_as_none | frozenset(self.renamed.values())

    def column(self, attribute: str) -> str:
        """Return the column an attribute is read from."""
        return self.renamed.get(attribute, attribute)


def reading(attributes: Sequence[str], renamed: Mapping[str, str], nulls_as_none: Collection[str]) -> Reading:
    """Return how to read a file, for the attributes of a policy. Raise UnusableFile for a name that is none."""
    names = (*attributes, *AXIS_KEYS)
    for attribute in renamed:
        if attribute not in names:
            raise UnusableFile(f"There is no attribute `{attribute}` to map a column to.{_nearest(attribute, names)}")
    return Reading(names, dict(renamed), frozenset(nulls_as_none))


def check_columns(columns: Sequence[str], reading: Reading, *, assumed: bool) -> None:
    """Raise UnusableFile where the columns of a file do not fit what was asked for.

    Without anything `assumed`, at least one column must say something of a case.
    """
    names = [column.strip() for column in columns]
    for attribute, column in reading.renamed.items():
        if column not in names:
            raise UnusableFile(f"The input has no column `{column}` to read {attribute} from.{_nearest(column, names)}")
        if column != attribute and attribute in names:
            raise UnusableFile(
                f"The input has a column `{attribute}`, yet {attribute} is mapped to `{column}`: only one can be "
                "meant. Rename the other."
            )
    used = {reading.column(attribute) for attribute in reading.attributes}
    for column in sorted(reading.nulls_as_none):
        if column not in names:
            raise UnusableFile(
                f"The input has no column `{column}` whose empty cells mean none.{_nearest(column, names)}"
            )
        if column not in used:
            raise UnusableFile(f"The column `{column}` is no attribute, so that its empty cells mean nothing. Map it.")
    if not assumed and used.isdisjoint(names):
        raise UnusableFile(
            f"The input has no column that is an attribute of the policy. Its columns: {_listing(names)}. "
            f"The attributes: {_listing(reading.attributes)}. Map one to the other."
        )
    for name in names:
        if name in used and names.count(name) > 1:
            raise UnusableFile(f"The input has two columns `{name}`: only one can be meant. Rename the other.")


def suggestions(columns: Sequence[str], reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield columns that are read as nothing, each with the unread attribute whose name it nearly bears."""
    names = [column.strip() for column in columns]
    unread = [one for one in reading.attributes if one not in reading.renamed and one not in names]
    read = {reading.column(attribute) for attribute in reading.attributes}
    for name in names:
        near = nearest("_".join(name.replace("-", " ").split()), unread, most=1) if name not in read else ()
        yield from ((name, attribute) for attribute in near)


def facts(row: Row, reading: Reading) -> dict[str, object]:
    """Return what a row says of a case; what it does not say is unknown."""
    found: dict[str, object] = {}
    for attribute in reading.attributes:
        column = reading.column(attribute)
        if column in row.values:
            value = row.values[column]
            found[attribute] = NONE if column in reading.nulls_as_none and is_missing(value) else value
    return found


def check_seen(unseen: Collection[str]) -> None:
    """Raise UnusableFile where no line of a file had a key that was asked for."""
    for column in sorted(unseen):
        raise UnusableFile(f"No line of the input has the key `{column}`, which was asked for.")


def _nearest(word: str, words: Sequence[str]) -> str:
    near = nearest(word, words)
    return f" Did you mean {' or '.join(near)}?" if near else f" There are: {_listing(words)}."


def _listing(words: Sequence[str]) -> str:
    text = ", ".join(words)
    return text if len(text) <= _LONGEST_LISTING else f"{text[:_LONGEST_LISTING]}…"
