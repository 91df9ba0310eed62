"""Tables as bytes, format 1.

    rpol table 1⏎               the format and its version
    <64 hex digits>⏎            SHA-256 of all that follows
    {…}                         the contents as canonical JSON: UTF-8, sorted keys, no blanks

Masks are written as the edges of their runs, boxes as numbers of cells (an axis and a mask), which many boxes share;
exact numbers as text. The same contents give the same bytes. What is read is checked, part by part in `decode` and as a
whole by `verify`, before anything is made of it; no code is run from it.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

from rpol.runtime.attribute import Attribute, Nothing, Taxonomy, Value
from rpol.runtime.axes import Axis, FiniteAxis, MemberAxis, NameAxis, OrderedAxis
from rpol.runtime.bits import edges
from rpol.runtime.contents import Box, Clause, Contents, Listing
from rpol.runtime.decode import read_contents
from rpol.runtime.errors import DamagedTable, NewerTable
from rpol.runtime.numerals import number_text
from rpol.runtime.verify import verify

VERSION: Final = 1
MAGIC: Final = b"rpol table "
_DIGEST_LENGTH: Final = 64
# What a table of a million clauses might take; a larger file is none of ours.
_MOST_BYTES: Final = 1 << 30


def is_table(start: bytes) -> bool:
    """Tell whether bytes begin as a table of any version does."""
    return start.startswith(MAGIC)


def encode(contents: Contents) -> bytes:
    """Return contents as an artifact; equal contents give equal bytes."""
    body = json.dumps(_contents(contents), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return b"%s%d\n%s\n%s" % (MAGIC, VERSION, sha256(body).hexdigest().encode(), body)


def decode(data: bytes) -> Contents:
    """Return the contents of an artifact. Raise DamagedTable, or NewerTable for a later format; nothing else."""
    contents = read_contents(_parse(_body(data)))
    fault = verify(contents)
    if fault is not None:
        raise DamagedTable(f"This table is damaged: {fault}.")
    return contents


def _body(data: bytes) -> bytes:
    if not is_table(data):
        raise DamagedTable("This is no rpol table: it does not begin with `rpol table`.")
    if len(data) > _MOST_BYTES:
        raise DamagedTable("This table is larger than any table can be.")
    first, _, rest = data.partition(b"\n")
    version = first[len(MAGIC) :]
    if not version.isdigit() or len(version) > 6:
        raise DamagedTable("This table does not say which format it has.")
    if int(version) != VERSION:
        raise NewerTable(
            f"This table has format {int(version)}; this version of rpol reads format {VERSION}. Install a version "
            "that reads it, or build the table again."
        )
    digest, _, body = rest.partition(b"\n")
    if len(digest) != _DIGEST_LENGTH or sha256(body).hexdigest().encode() != digest:
        raise DamagedTable("This table is damaged: its contents are not those it was written with.")
    return body


def _parse(body: bytes) -> object:
    try:
        return json.loads(body, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise DamagedTable("This table is damaged: its contents are no JSON that a table can hold.") from None


def _refuse(text: str) -> object:
    raise ValueError(text)


# ---------------------------------------------------------------- contents to plain data


def _contents(contents: Contents) -> dict[str, object]:
    cells: dict[tuple[int, int], int] = {}
    regions = [[_box(box, cells) for box in region] for region in contents.regions]
    return {
        "attributes": [_attribute(attribute) for attribute in contents.attributes],
        "axes": [_axis(axis) for axis in contents.axes],
        "cells": [[axis, *edges(mask)] for axis, mask in cells],
        "regions": regions,
        "clauses": [_clause(clause) for clause in contents.clauses],
        "order": list(contents.order),
        "real": list(contents.real),
        "bare": list(contents.bare),
        "facts": [[fact.text, fact.broken] for fact in contents.facts],
        "acts": [[a.ref.instrument, a.ref.act, a.ref.target, a.ref.paragraph, a.region] for a in contents.acts],
        "rows": [[r.list, r.name, r.instrument, r.region, list(r.reached_by)] for r in contents.rows],
        "lists": [_listing(listing) for listing in contents.lists],
        "doubts": [[d.instrument, d.why, d.region, list(d.gone), list(d.untouched)] for d in contents.doubts],
        "instruments": [[i.name, i.title, i.cite, i.scenario] for i in contents.instruments],
        "otherwise": contents.otherwise,
        "source_digest": contents.source_digest,
    }


def _box(box: Box, cells: dict[tuple[int, int], int]) -> list[int]:
    return [cells.setdefault(cell, len(cells)) for cell in box]


def _attribute(attribute: Attribute) -> dict[str, object]:
    taxonomy = attribute.taxonomy
    return {
        "name": attribute.name,
        "kind": attribute.kind,
        "optional": attribute.optional,
        "unit": attribute.unit,
        "question": attribute.question,
        "values": None if taxonomy is None else [_value(taxonomy, value) for value in taxonomy.values],
    }


def _value(taxonomy: Taxonomy, value: str) -> list[object]:
    return [value, taxonomy.labels.get(value), list(taxonomy.parents.get(value, ()))]


def _axis(axis: Axis) -> dict[str, Any]:
    match axis:
        case FiniteAxis() | NameAxis():
            finite = isinstance(axis, FiniteAxis)
            return {
                "axis": "finite" if finite else "names",
                "attribute": axis.attribute,
                "classes": dict(axis.class_by_leaf if isinstance(axis, FiniteAxis) else axis.class_by_name),
                "representatives": [_written(value) for value in axis.representatives],
                "none": axis.none_class,
            }
        case OrderedAxis():
            return {
                "axis": "ordered",
                "attribute": axis.attribute,
                "cuts": [[number_text(value), side] for value, side in axis.cuts],
                "whole": axis.whole,
                "low": None if axis.low is None else number_text(axis.low),
                "high": None if axis.high is None else number_text(axis.high),
                "none": axis.none_class,
            }
        case MemberAxis():
            return {"axis": "member", "attribute": axis.attribute, "leaves": list(axis.leaves)}


def _written(value: Value) -> str | None:
    assert value is Nothing.NONE or isinstance(value, str)
    return None if isinstance(value, Nothing) else value


def _clause(clause: Clause) -> dict[str, object]:
    ref = clause.ref
    return {
        "control": ref.control,
        "label": ref.label,
        "effect": ref.effect,
        "instrument": ref.instrument,
        "paragraph": ref.paragraph,
        "cite": ref.cite,
        "duties": list(clause.duties),
        "notes": list(clause.notes),
        "rests_on": list(clause.rests_on),
        "reached_through": None if clause.reached_through is None else list(clause.reached_through),
        "lifts": list(clause.lifts),
        "lists": [list(pair) for pair in clause.lists],
        "reached_by": list(clause.reached_by),
    }


def _listing(listing: Listing) -> list[object]:
    return [listing.name, listing.attribute, [[value, *rows] for value, rows in listing.rows_by_value]]
