"""Break statements into lines.

A line breaks between phrases only: in front of a group of phrases where that helps, else inside it. A part is a row of
groups that may get a line of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 110
INDENT = 2

Group: TypeAlias = list[str]


@frozen
class Part:
    """Groups of phrases; `own_line` if they stand on a line of their own where not all parts fit on one."""

    groups: tuple[Group, ...]
    own_line: bool = False


def glued(keyword: str, group: Group) -> Group:
    """Return the group with `keyword` in front, never parted from the first phrase."""
    return [f"{keyword} {group[0]}", *group[1:]]


def behind(keyword: str, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups with `keyword` in front of the first."""
    return (glued(keyword, groups[0]), *groups[1:])


def block(parts: Sequence[Part], indent: int, inner: int, *, spread: bool = False) -> list[str]:
    """Return the lines of `parts`: one if they fit and are not to be `spread`, else several.

    The first line is indented by `indent`; the others by `inner`, or by one step more where they go on from another.
    """
    everything = [group for part in parts for group in part.groups]
    line = " " * indent + " ".join(phrase for group in everything for phrase in group)
    if len(line) <= WIDTH and not spread:
        return [line]
    rows: list[list[Group]] = [[]]
    own_line = False
    for part in parts:
        if part.own_line or own_line:
            rows.append([])
        rows[-1] += part.groups
        own_line = part.own_line
    first, *others = rows
    lines = fill(first, indent, inner)
    for row in others:
        lines += fill(row, inner, inner + INDENT)
    return lines


def fill(groups: Sequence[Group], indent: int, hang: int) -> list[str]:
    """Return lines of at most `WIDTH` characters, if phrases allow it; all but the first are indented by `hang`."""
    lines = [""]
    for group in groups:
        whole = " ".join(group)
        if len(whole) <= WIDTH - hang:
            _add(lines, whole, indent, hang)
        else:
            for phrase in group:
                _add(lines, phrase, indent, hang)
    return lines


def _add(lines: list[str], text: str, indent: int, hang: int) -> None:
    """Put `text` on the last line, or if it is too long there on a new one."""
    if not lines[-1]:
        lines[-1] = " " * indent + text
    elif len(lines[-1]) + 1 + len(text) <= WIDTH:
        lines[-1] += f" {text}"
    else:
        lines.append(" " * hang + text)
