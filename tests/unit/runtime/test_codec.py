"""Tables as bytes: what is written reads back; whatever else is read gives an RpolError, quickly, and nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.runtime.worlds import Sketch, Vocabulary, holmium, one_of, party, set_of

from rpol.runtime.codec import decode, encode
from rpol.runtime.contents import Act, Contents, Doubt, Fact, Listing, Row
from rpol.runtime.decision import SuspensionRef
from rpol.runtime.errors import DamagedTable, NewerTable, RpolError
from rpol.runtime.table import Table


def everything() -> Contents:
    """Return contents that have some of all there is."""
    item, item_axis = one_of("item", ["a"], ["b", "ü"], optional=True, top=["a", "b"])
    use, use_axes = set_of("use", ["military"], ["civil", "relief"])
    buyer, buyer_axis = party("buyer", ["acme"])
    vocabulary = Vocabulary((item, use, buyer), (item_axis, *use_axes, buyer_axis), ("2025-01-01",), ("later",))
    sketch = Sketch(vocabulary)
    box = vocabulary.box
    licence = sketch.clause("license", box(item=["a"]), bare=[box()], instrument="law", paragraph="1", duties=["x"])
    sketch.clause("deny", box(use={"military": True}), rests_on=[licence], reached_through=[licence], notes=["n"])
    sketch.clause("exempt", box(buyer=["acme"]), lifts=[licence], label="e", lists=[("buyer", "bad")], reached_by=[0])
    always = sketch.region(box())
    return sketch.contents(
        facts=[Fact("f", sketch.region(box(item=["b"], use={"military": True})))],
        acts=[Act(SuspensionRef("law", "suspend", "law", "1"), always)],
        rows=[Row("bad", "ACME", "law", always, (0,))],
        lists=[Listing("bad", None, (("acme", (0,)),))],
        doubts=[Doubt("law", "why", always, tuple(sketch.real), tuple(sketch.bare))],
        otherwise="review",
        instruments=["law"],
    )


ARTIFACT = encode(everything())
BODY: dict[str, Any] = json.loads(ARTIFACT.split(b"\n", 2)[2])


def signed(body: object) -> bytes:
    """Return an artifact whose digest fits whatever body it is given."""
    text = json.dumps(body).encode()
    return b"rpol table 1\n" + sha256(text).hexdigest().encode() + b"\n" + text


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    body = json.loads(json.dumps(BODY))
    change(body)
    return signed(body)


@pytest.mark.parametrize("make", [holmium, everything])
def test_what_is_written_reads_back_and_is_always_the_same(make: Callable[[], Contents]) -> None:
    data = encode(make())
    assert decode(data) == make()
    assert encode(decode(data)) == data == encode(make())


def test_an_artifact_begins_as_documented() -> None:
    magic, digest, body = ARTIFACT.split(b"\n", 2)
    assert magic == b"rpol table 1"
    assert digest.decode() == sha256(body).hexdigest()
    assert json.dumps(BODY, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == body


# ---------------------------------------------------------------- damaged and foreign bytes


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no rpol table"),
        (b"PK\x03\x04", "no rpol table"),
        (b"control holmium", "no rpol table"),
        (ARTIFACT[:-1], "damaged"),
        (ARTIFACT + b" ", "damaged"),
        (ARTIFACT.replace(b"acme", b"acne"), "damaged"),
        (b"rpol table \n", "format"),
        (b"rpol table x\n", "format"),
        (b"rpol table " + b"9" * 10_000 + b"\n", "format"),
        (signed([]), "damaged"),
        (signed(None), "damaged"),
    ],
)
def test_damaged_and_foreign_bytes_are_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(DamagedTable, match=said):
        decode(data)


def test_a_newer_table_says_what_can_read_it() -> None:
    with pytest.raises(NewerTable, match="format 2"):
        decode(ARTIFACT.replace(b"table 1", b"table 2", 1))


@given(st.binary(max_size=200) | st.binary(max_size=50).map(lambda rest: b"rpol table 1\n" + rest))
def test_any_bytes_give_an_rpol_error(data: bytes) -> None:
    with pytest.raises(RpolError):
        decode(data)


@given(st.integers(0, len(ARTIFACT) - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(position: int, change: int) -> None:
    data = bytearray(ARTIFACT)
    data[position] ^= change
    with pytest.raises(RpolError):
        decode(bytes(data))


@given(st.integers(0, len(ARTIFACT) - 1))
def test_any_cut_is_noticed(length: int) -> None:
    with pytest.raises(RpolError):
        decode(ARTIFACT[:length])


# ---------------------------------------------------------------- hostile bytes, with a digest that fits

SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 5) | st.sampled_from([10**9, 10**30, "", "a", "law", "1/0", "1e400"])
)
JUNK = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.sampled_from(["axis", "name"]), SCALARS, max_size=2)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path to every part of plain data."""
    parts: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return [found for key, part in parts for found in ((*path, key), *places(part, (*path, key)))]


PLACES = places(BODY)


@given(st.sampled_from(PLACES), JUNK | st.just("<gone>"))
def test_any_changed_part_is_refused_or_decides(path: tuple[Any, ...], junk: object) -> None:
    def change(body: Any) -> None:
        for key in path[:-1]:
            body = body[key]
        if junk == "<gone>":
            del body[path[-1]]
        else:
            body[path[-1]] = junk

    try:
        table = Table.from_bytes(changed(change))
        table.decide(date="2025-01-01").to_dict()
        table.decide(item="a", use="military", buyer="ACME", date="2024-01-01").to_dict()
    except RpolError as error:
        assert str(error)


def no_order(body: dict[str, Any]) -> None:
    body["order"] = [0, 0, 1]


def wrong_order(body: dict[str, Any]) -> None:
    body["order"] = [0, 1, 2]


def narrows_nothing(body: dict[str, Any]) -> None:
    body["cells"][0] = [0, 0, 3]


def holds_nothing(body: dict[str, Any]) -> None:
    body["cells"][0] = [0]


def beyond_its_axis(body: dict[str, Any]) -> None:
    body["cells"][0] = [0, 0, 1 << 30]


def circle_of_values(body: dict[str, Any]) -> None:
    body["attributes"][0]["values"] = [["a", None, ["b"]], ["b", None, ["a"]], ["ü", None, []]]


def no_such_region(body: dict[str, Any]) -> None:
    body["real"][0] = 10_000


def lifts_itself(body: dict[str, Any]) -> None:
    body["clauses"][0]["lifts"] = [0]


def falling_cuts(body: dict[str, Any]) -> None:
    body["axes"][-3]["cuts"] = [["730000", 0], ["720000", 0]]


def unknown_effect(body: dict[str, Any]) -> None:
    body["clauses"][0]["effect"] = "notify"


@pytest.mark.parametrize(
    "change",
    [
        no_order,
        wrong_order,
        narrows_nothing,
        holds_nothing,
        beyond_its_axis,
        circle_of_values,
        no_such_region,
        lifts_itself,
        falling_cuts,
        unknown_effect,
    ],
)
def test_what_no_table_holds_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(DamagedTable):
        decode(changed(change))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, "[" + "9" * 100_000 + "]", "NaN", "1e999", '{"axes":[NaN]}', "\ud800"]
)
def test_json_made_to_break_its_reader_is_refused_quickly(text: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    begun = time.process_time()
    with pytest.raises(DamagedTable):
        decode(b"rpol table 1\n" + sha256(body).hexdigest().encode() + b"\n" + body)
    assert time.process_time() - begun < 1


def odd_unit(body: dict[str, Any]) -> None:
    """Give a number a unit that is not in the table of units."""
    size = {"name": "size", "kind": "number", "optional": False, "unit": "parsec", "question": None, "values": None}
    axis = {"axis": "ordered", "attribute": "size", "cuts": [], "whole": False, "low": None, "high": None, "none": None}
    body["attributes"].append(size)
    body["axes"].insert(0, axis)
    body["cells"] = [[number + 1, *runs] for number, *runs in body["cells"]]


def test_an_unknown_unit_does_not_reach_a_request() -> None:
    with pytest.raises(RpolError):
        Table.from_bytes(changed(odd_unit)).decide(date="2025-01-01", size="5 nm")


def taken_name(body: dict[str, Any]) -> None:
    """Declare an attribute under a name that requests and axes use."""
    body["attributes"].append(
        {"name": "date", "kind": "entity", "optional": False, "unit": None, "question": None, "values": None}
    )
    axis = {"axis": "names", "attribute": "date", "classes": {}, "representatives": ["x"], "none": None}
    body["axes"].insert(0, axis)
    body["cells"] = [[number + 1, *runs] for number, *runs in body["cells"]]


def test_an_attribute_cannot_bear_a_taken_name() -> None:
    with pytest.raises(RpolError):
        decode(changed(taken_name))


def huge(body: dict[str, Any]) -> None:
    """A file of some megabytes whose classes and boxes together would take gigabytes."""
    number = len(body["axes"]) - 2
    body["axes"][number]["cuts"] = [[str(day), 0] for day in range(2, 80_000)]
    body["cells"] = [[number, 1, 2]]
    body["regions"] = [[[0]] * 250_000, *([] for _ in body["regions"][1:])]


def test_a_small_file_cannot_ask_for_gigabytes() -> None:
    with pytest.raises(RpolError):
        decode(changed(huge))


def deep_chain(body: dict[str, Any]) -> None:
    """A taxonomy whose values below each value, written out, are some thirty millions."""
    links = 8_000
    values = [["v0", None, []]]
    for number in range(1, links):
        values += [[f"v{number}", None, [f"v{number - 1}"]], [f"leaf{number}", None, [f"v{number - 1}"]]]
    body["attributes"][0]["values"] = values
    leaves = [f"leaf{number}" for number in range(1, links)] + [f"v{links - 1}"]
    body["axes"][0]["classes"] = dict.fromkeys(leaves, 0)
    body["axes"][0]["representatives"] = ["leaf1", "leaf2", None]


def test_a_taxonomy_cannot_ask_for_gigabytes() -> None:
    with pytest.raises(RpolError):
        decode(changed(deep_chain))
