"""Lists and ownership from CSV (language.md, section 2, "Files", and section 3, "Lists")."""

from __future__ import annotations

import time
from datetime import date
from fractions import Fraction

import pytest
from tests.support.policies import policy_of
from tests.support.problems import errors, only_problem, resolved, warnings, words

from rpol.model.policy import Holding, OwnedList, PlainList, Policy, Row, Window

VOCABULARY = """
attribute party entity
attribute item one of "items.csv"
attribute weight number kg
instrument law "Law" issued 2020-01-01
scenario later "Later"
control any as c under law when party in l require license
"""
ITEMS = "value,parent\n1C,\n1C.a,1C\n1C.b,1C\n2B,\n"


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def policy_with(rows: str, statement: str = 'list l from "l.csv"') -> Policy:
    return policy_of(VOCABULARY + statement, {"l.csv": rows, "items.csv": ITEMS})


def rows_of(rows: str, statement: str = 'list l from "l.csv"') -> tuple[Row, ...]:
    listing = policy_with(rows, statement).lists["l"]
    assert isinstance(listing, PlainList)
    return listing.rows


def wrong(rows: str, statement: str = 'list l from "l.csv"') -> list[tuple[str, str]]:
    return errors(VOCABULARY + statement, files={"l.csv": rows, "items.csv": ITEMS})


def warned(rows: str, statement: str = 'list l from "l.csv"') -> list[tuple[str, str]]:
    found = warnings(VOCABULARY + statement, files={"l.csv": rows, "items.csv": ITEMS})
    return [one for one in found if one[0] not in ("unused-name", "uncited-clause")]


# ---------------------------------------------------------------- rows


def test_a_row_holds_a_name_under_a_notice_in_a_window() -> None:
    rows = rows_of(
        "through,name,comment,under,effective,aliases\n"
        ",Acme,x,law,,\n"
        '2021-12-31," Beta,  Inc. ",,later,2021-01-01,\n'
        ",GAMMA,,,,Gamma Trading | ΓΑΜΜΑ\n"
    )
    assert rows == (
        Row("Acme", ("acme",), "law", Window(), rows[0].place),
        Row("Beta,  Inc.", ("beta, inc.",), "later", Window(day("2021-01-01"), day("2022-01-01")), rows[1].place),
        Row("GAMMA", ("gamma", "gamma trading", "γαμμα"), None, Window(), rows[2].place),
    )
    assert [row.place.line for row in rows] == [2, 3, 4]


def test_byte_order_mark_windows_line_ends_and_blank_rows() -> None:
    rows = rows_of('\ufeffname,under\r\n\r\nAcme,law\r\n,\r\n"Two\r\nLines",\r\nLast,')
    assert [(row.name, row.values) for row in rows] == [
        ("Acme", ("acme",)),
        ("Two\r\nLines", ("two lines",)),
        ("Last", ("last",)),
    ]
    assert [words(row.place) for row in rows] == ["Acme,law", '"Two\r\nLines",', "Last,"]


def test_parties_are_folded() -> None:
    rows = rows_of("name\nＡＣＭＥ　Straße\n")
    assert rows[0].values == ("acme strasse",)


def test_a_list_of_an_attribute_holds_its_leaves() -> None:
    text = VOCABULARY.replace("party in l", "item in l") + 'list l of item from "l.csv"'
    listing = policy_of(text, {"l.csv": "name\n1C\n2B\n", "items.csv": ITEMS}).lists["l"]
    assert isinstance(listing, PlainList)
    assert listing.attribute == "item"
    assert [row.values for row in listing.rows] == [("1C.a", "1C.b"), ("2B",)]


def test_where_takes_the_rows_that_hold_one_of_the_values() -> None:
    table = "name,kind,state\nA,control list,on\nB,watch list,on\nC,control list,off\nD,other,on\n"
    statement = 'list l from "l.csv" where kind "control list", other and state on'
    assert [row.name for row in rows_of(table, statement)] == ["A", "D"]


def test_rows_that_where_leaves_out_may_hold_anything() -> None:
    table = "name,kind,effective\nA,ours,\nB,theirs,some day\n"
    assert wrong(table, 'list l from "l.csv" where kind ours') == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("name,under\nAcme,lax\n", [("unknown-name", "Acme,lax")]),
        ("name,under\nAcme,c\n", [("unknown-name", "Acme,c")]),
        ("name,under\n,law\n", [("bad-row", ",law")]),
        (
            "name,effective\nAcme,2025-02-30\nBeta,8.11.2025\n",
            [("no-such-day", "Acme,2025-02-30"), ("no-such-day", "Beta,8.11.2025")],
        ),
        ("name,through\nAcme,20250101\n", [("no-such-day", "Acme,20250101")]),
        ("name,effective,through\nAcme,2025-01-02,2025-01-01\n", [("backward-window", "Acme,2025-01-02,2025-01-01")]),
        ("name,under\nAcme, Inc.,law\n", [("bad-row", "Acme, Inc.,law")]),
        ("name,under\nAcme\n", [("bad-row", "Acme")]),
        ('name,under\n"Acme" Inc,law\nBeta,law\n', [("bad-row", '"Acme" Inc,law')]),
        ('name,under\nBeta,law\n"Acme,law\nGamma,law\n', [("bad-row", '"Acme,law')]),
        ("party,under\nAcme,law\n", [("missing-column", "party,under")]),
        ("name;under\nAcme;law\n", [("missing-column", "name;under")]),
        ("name,name\nAcme,law\n", [("duplicate-column", "name,name")]),
    ],
)
def test_rows_that_do_not_parse(rows: str, found: list[tuple[str, str]]) -> None:
    assert wrong(rows) == found


def test_a_header_of_any_width_is_read_quickly() -> None:
    columns = ",".join(f"c{number}" for number in range(50_000))
    begun = time.process_time()
    assert wrong(f"name,{columns}\nAcme,{columns}\n") == []
    assert time.process_time() - begun < 2


def test_every_row_is_named_by_file_and_line() -> None:
    problem = only_problem(
        VOCABULARY + 'list l from "l.csv"', files={"l.csv": "name,effective\nA,\nB,soon\n", "items.csv": ITEMS}
    )
    assert problem.place is not None
    assert (problem.place.source.path, problem.place.line, problem.place.column) == ("l.csv", 3, 1)
    assert problem.message == "`soon` in the column `effective` is no day of the calendar."


def test_values_outside_the_vocabulary() -> None:
    assert wrong("name\n1C\n1D\n", 'list values of item from "l.csv" list l from "l.csv"') == [("unknown-value", "1D")]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ('list l from "m.csv"', [("missing-file", '"m.csv"')]),
        ('list l from "../l.csv"', [("path-outside-folder", '"../l.csv"')]),
        ('list l from "/l.csv"', [("path-outside-folder", '"/l.csv"')]),
        ('list l from "C:\\l.csv"', [("path-outside-folder", '"C:\\l.csv"')]),
        ('list l from ""', [("path-outside-folder", '""')]),
        ('list l of party from "l.csv"', [("wrong-list", "party")]),
        ('list l of weight from "l.csv"', [("wrong-list", "weight")]),
        ('list l of law from "l.csv"', [("wrong-kind-of-name", "law")]),
        ('list l of colour from "l.csv"', [("unknown-name", "colour")]),
        ('list l from "l.csv" where kind x', [("missing-column", "kind")]),
    ],
)
def test_mistakes_in_a_list_statement(statement: str, found: list[tuple[str, str]]) -> None:
    assert wrong("name\nAcme\n", statement) == found


def test_a_missing_file_offers_the_nearest() -> None:
    text = VOCABULARY + 'list l from "lists/partys.csv"'
    problem = only_problem(text, files={"lists/parties.csv": "name\nAcme\n", "items.csv": ITEMS})
    assert problem.help == "Did you mean `lists/parties.csv`?"


def test_windows_paths_work() -> None:
    text = VOCABULARY + 'list l from "lists\\parties.csv"'
    assert errors(text, files={"lists/parties.csv": "name\nAcme\n", "items.csv": ITEMS}) == []


def test_one_mistake_in_a_file_of_several_lists_is_reported_once() -> None:
    assert wrong("name,effective\nAcme,soon\n", 'list l from "l.csv" list m from "l.csv"') == [
        ("no-such-day", "Acme,soon")
    ]
    assert wrong("name,effective\nAcme,,\n", 'list l from "l.csv" list m from "l.csv"') == [("bad-row", "Acme,,")]


# ---------------------------------------------------------------- warnings


def test_an_empty_list_is_warned_of() -> None:
    assert warned("name\n") == [("empty-list", "l")]
    assert warned("name,kind\nA,x\n", 'list l from "l.csv" where kind y') == [("empty-list", "l")]


@pytest.mark.parametrize(
    ("rows", "overlap"),
    [
        ("Acme,law,,\nAcme,law,,", True),
        ("Acme,law,,2020-12-31\nACME,law,2020-12-31,", True),
        ("Acme,law,2021-01-01,\nAcme,law,,2020-12-31", False),
        ("Acme,law,,\nAcme,later,,", False),
        ("Acme,,,\nAcme,,2021-01-01,", True),
        ("Acme,,,\nAcme Ltd,,,", False),
    ],
)
def test_rows_of_one_name_and_notice_that_overlap_are_warned_of(rows: str, overlap: bool) -> None:
    found = warned(f"name,under,effective,through\n{rows}\n")
    assert [name for name, _ in found] == (["overlapping-rows"] if overlap else [])


def test_a_value_beside_one_above_it_is_no_overlap() -> None:
    text = VOCABULARY.replace("party in l", "item in l") + 'list l of item from "l.csv"'
    found = warnings(text, files={"l.csv": "name\n1C\n1C.a\n2B\n", "items.csv": ITEMS})
    assert "overlapping-rows" not in [name for name, _ in found]


# ---------------------------------------------------------------- ownership

OWNED = 'list owned_by_l owned >= 50% by one of l from "o.csv"'


def owned(rows: str, statement: str = OWNED) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the errors and warnings about an ownership file."""
    text = VOCABULARY + 'list l from "l.csv"\n' + statement
    _, problems = resolved(text, files={"l.csv": "name\nAcme\n", "items.csv": ITEMS, "o.csv": rows})
    found = [one for one in problems if one.name not in ("unused-name", "uncited-clause")]
    told = [(one.severity, (one.name, words(one.place))) for one in found]
    return [one for severity, one in told if severity == "error"], [
        one for severity, one in told if severity == "warning"
    ]


def test_an_owned_list() -> None:
    rows = "share,owner,owned,through\n50%,ACME,Sub  One,2024-12-31\n 12.5 % ,Beta,Sub Two,\n"
    text = VOCABULARY + 'list l from "l.csv"\nlist held owned > 25% by l together from "o.csv"'
    listing = policy_of(text, {"l.csv": "name\nAcme\n", "items.csv": ITEMS, "o.csv": rows}).lists["held"]
    assert isinstance(listing, OwnedList)
    assert (listing.operator, listing.share, listing.owners, listing.together) == (">", Fraction(1, 4), ("l",), True)
    places = [holding.place for holding in listing.holdings]
    assert listing.holdings == (
        Holding("sub one", "acme", Fraction(1, 2), Window(None, day("2025-01-01")), places[0]),
        Holding("sub two", "beta", Fraction(1, 8), Window(), places[1]),
    )


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("A,Acme,0%,,", [("wrong-share", "A,Acme,0%,,")]),
        ("A,Acme,100.1%,,", [("wrong-share", "A,Acme,100.1%,,")]),
        ("A,Acme,-5%,,", [("wrong-share", "A,Acme,-5%,,")]),
        ("A,Acme,0.5,,", [("wrong-share", "A,Acme,0.5,,")]),
        ("A,Acme,half,,", [("wrong-share", "A,Acme,half,,")]),
        ("A,Acme,,,", [("bad-row", "A,Acme,,,")]),
        (",Acme,5%,,", [("bad-row", ",Acme,5%,,")]),
        ("A,Acme,5%,never,", [("no-such-day", "A,Acme,5%,never,")]),
        ("A,Acme,5%,,\nA,ACME,6%,2021-01-01,", [("duplicate-share", "A,ACME,6%,2021-01-01,")]),
        ("A,Acme,5%,,2020-12-31\nA,ACME,6%,2021-01-01,", []),
        ("A,Acme,5%,,\nB,ACME,6%,,", []),
    ],
)
def test_shares(rows: str, found: list[tuple[str, str]]) -> None:
    assert owned(f"owned,owner,share,effective,through\n{rows}\n") == (found, [])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("A,Acme,60%,,\nA,Beta,40%,,", []),
        ("A,Acme,60%,,\nA,Beta,41%,,", [("shares-above-whole", "A,Beta,41%,,")]),
        ("A,Acme,60%,,2020-12-31\nA,Beta,41%,2021-01-01,", []),
        ("A,Acme,60%,,2021-01-01\nA,Beta,41%,2021-01-01,", [("shares-above-whole", "A,Beta,41%,2021-01-01,")]),
    ],
)
def test_shares_above_the_whole_are_warned_of(rows: str, found: list[tuple[str, str]]) -> None:
    assert owned(f"owned,owner,share,effective,through\n{rows}\n") == ([], found)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ('list held owned >= 50% by one of m from "o.csv"', [("unknown-name", "m")]),
        ('list held owned >= 50% by one of law from "o.csv"', [("wrong-kind-of-name", "law")]),
        ('list held owned < 50% by one of l from "o.csv"', [("wrong-share", "50%")]),
        ('list held owned >= 150% by one of l from "o.csv"', [("beyond-percent", "150%")]),
        ('list held owned >= 50% by one of held from "o.csv"', [("circle", "held")]),
        (
            'list a owned > 50% by one of b from "o.csv" list b owned > 50% by one of l, a from "o.csv"',
            [("circle", "a")],
        ),
        (
            'list its of item from "i.csv" list held owned >= 50% by one of its from "o.csv"',
            [("missing-file", '"i.csv"'), ("wrong-list", "its")],
        ),
    ],
)
def test_mistakes_in_an_owned_list(statement: str, found: list[tuple[str, str]]) -> None:
    assert owned("owned,owner,share\nA,Acme,50%\n", statement)[0] == found


def test_a_chain_of_owned_lists_has_an_end() -> None:
    def chain(length: int) -> str:
        lists = [f'list l{n} owned >= 50% by one of l{n - 1 or ""} from "o.csv"' for n in range(1, length + 1)]
        return "\n".join(lists)

    assert owned("owned,owner,share\nA,Acme,50%\n", chain(50))[0] == []
    assert owned("owned,owner,share\nA,Acme,50%\n", chain(5000))[0] == [("too-complex", "l52")]


def test_an_ownership_file_needs_its_columns() -> None:
    assert owned("owned,owner\nA,Acme\n")[0] == [("missing-column", "owned,owner")]
    assert owned("owned,owner,share\n") == ([], [("empty-list", "owned_by_l")])


# ---------------------------------------------------------------- size


def test_a_hundred_thousand_rows_are_read() -> None:
    table = "name,under,effective,through\n" + "".join(f"Party {i},law,2021-01-01,\n" for i in range(100_000))
    rows = rows_of(table)
    assert len(rows) == 100_000
    assert rows[-1].place.line == 100_001
