"""Any bytes as a file of rows: refused with a reason, or every row comes out again with its cells."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rpolc
from rpol import Table
from rpolc.screen.facts import reading
from rpolc.screen.read_csv import read_csv
from rpolc.screen.read_json_lines import read_json_lines
from rpolc.screen.rows import Format, UnusableFile
from rpolc.screen.screen import screen
from rpolc.screen.settings import Settings
from rpolc.screen.summary import Tally

POLICY = """\
control holmium deny end_use military
  duty "=HYPERLINK(1)"
control any as ban when destination KP prohibit note "none"
"""
FACTS = st.dictionaries(
    st.sampled_from(["item", "end_use", "end_user", "destination", "date", "ref"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
        | st.sampled_from(["holmium", "civil", "military|civil", "2025-12-01", "KP", "none"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=4,
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    path = tmp_path_factory.mktemp("policy") / "p.rpol"
    path.write_text(POLICY, encoding="utf-8")
    return rpolc.compile(Path(path))


def _screen(table: Table, data: bytes, given: Format, wanted: Format) -> tuple[Tally, str]:
    settings = Settings(
        reading([one.name for one in table.attributes], {}, frozenset()), assume={"exporter": "in_china"}
    )
    stream, out = BytesIO(data), BytesIO()
    source = read_csv(stream, ["item"]) if given == "csv" else read_json_lines(stream, columns=wanted == "csv")
    return screen(table, source, out, wanted, settings), out.getvalue().decode("utf-8-sig")


def _rows(text: str, form: Format) -> list[list[str]] | list[dict[str, object]]:
    if form == "jsonl":
        return [json.loads(line) for line in text.split("\n")[:-1]]
    delimiter = ";" if text.partition("outcome")[0].endswith(";") else ","
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))[1:]


@given(
    data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    form=st.sampled_from(["csv", "jsonl"]),
    wanted=st.sampled_from(["csv", "jsonl"]),
)
def test_any_bytes_are_refused_or_come_out_row_by_row(table: Table, data: bytes, form: Format, wanted: Format) -> None:
    try:
        tally, text = _screen(table, data, form, wanted)
    except UnusableFile as error:
        assert str(error)
        return
    assert len(_rows(text, wanted)) == tally.rows == tally.decided + sum(tally.problems.values())


@given(lines=st.lists(FACTS, max_size=6), wanted=st.sampled_from(["csv", "jsonl"]))
def test_any_objects_come_out_in_order(table: Table, lines: list[dict[str, object]], wanted: Format) -> None:
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    tally, text = _screen(table, data, "jsonl", wanted)
    rows = _rows(text, wanted)
    assert len(rows) == tally.rows == len(lines)
    if wanted == "jsonl":
        for line, row in zip(lines, rows, strict=True):
            assert isinstance(row, dict)
            assert repr({key: row[key] for key in line}) == repr(line)


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=6)


@given(
    rows=st.lists(st.tuples(st.sampled_from(["holmium", "cerium", "x", ""]), CELLS, CELLS), max_size=5),
    delimiter=st.sampled_from([",", ";"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_cells_of_the_input_come_out_as_they_were(
    table: Table, rows: list[tuple[str, str, str]], delimiter: str, line_end: str
) -> None:
    written = StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([("item", "one", "two"), *rows])
    _, text = _screen(table, written.getvalue().encode(), "csv", "csv")
    found = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))[1:]
    assert [tuple(row[:3]) for row in found] == rows
    assert text.count(line_end) >= len(rows) + 1


def test_a_cell_of_ours_is_no_formula_and_a_cell_of_the_input_is_left(table: Table) -> None:
    data = b"item,end_use,sum,date\nholmium,military,=1+1,2025-12-01\n"
    _, text = _screen(table, data, "csv", "csv")
    (row,) = csv.DictReader(StringIO(text))
    assert row["sum"] == "=1+1"
    assert row["duties"] == "'=HYPERLINK(1)"
    _, text = _screen(table, data, "csv", "jsonl")
    assert json.loads(text)["duties"][0]["text"] == "=HYPERLINK(1)"


def test_rows_are_written_while_they_are_read(table: Table) -> None:
    class Watched(BytesIO):
        """A file that knows how much of the output was there when its end was read."""

        at_end = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(-1 if size is None else size)
            self.at_end = len(out.getvalue())
            return line

    out = BytesIO()
    source = Watched(b"item,date\n" + b"cerium,2025-12-01\n" * 20_000)
    settings = Settings(reading([one.name for one in table.attributes], {}, frozenset()))
    assert screen(table, read_csv(source, ["item"]), out, "csv", settings).rows == 20_000
    assert source.at_end > 0.9 * len(out.getvalue())
