"""Strategies that build nodes of every kind: what an author could have written, not what has a meaning."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rpol.syntax import nodes as n
from rpol.syntax.cut import STATEMENT_WORDS
from rpol.syntax.grammar import keywords

# Keywords are reserved, and statement words in capitals too.
_RESERVED = frozenset(keywords().values())
_WORD = "[A-Za-z_][A-Za-z0-9_]{0,9}"


def _free(text: str) -> bool:
    return text not in _RESERVED and text.lower() not in STATEMENT_WORDS


def _tuples(items: SearchStrategy[object], least: int = 0, most: int = 4) -> SearchStrategy[tuple[object, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


# ---------------------------------------------------------------- words

name_texts = st.from_regex(rf"{_WORD}(\.[A-Za-z0-9_]{{1,3}}){{0,2}}", fullmatch=True).filter(_free)
codes = st.from_regex(r"[0-9]{1,4}[A-Z][A-Za-z0-9_]{0,3}(\.[A-Za-z0-9_]{1,2}){0,3}", fullmatch=True)
# In quotes stands everything but quotes, line breaks and what deceives the eye.
quotable = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"], exclude_characters='"'), max_size=30
)
long_texts = st.lists(quotable, min_size=1, max_size=12).map(" ".join)

names = st.builds(n.Name, name_texts)
texts = st.builds(n.Text, quotable | long_texts | st.sampled_from(["", "control -- x", "# never", "'“1(1)”'"]))
bare_words = st.builds(n.Word, name_texts | codes)
words = bare_words | st.builds(n.Word, quotable, st.just("quoted"))
values = words | st.just(n.Word("none", "none"))
units = st.lists(st.from_regex(_WORD, fullmatch=True).filter(_free), min_size=1, max_size=3).map("/".join)

days = st.builds(n.Day, st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
percents = st.builds(n.Percent, st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3})?", fullmatch=True))
numbers = st.builds(
    n.Number,
    st.from_regex(r"-?[0-9]{1,6}(\.[0-9]{1,3})?(e[-+]?[0-9]{1,2})?", fullmatch=True),
    st.none() | units,
)
amounts = numbers | percents | days
targets = st.builds(n.Target, names, st.none() | texts)

# ---------------------------------------------------------------- conditions

atoms = st.one_of(
    st.builds(n.Holds, names),
    st.builds(n.Is, names, values, st.booleans()),
    st.builds(n.Within, names, _tuples(values, 1), st.booleans()),
    st.builds(n.Only, names, _tuples(words, 1)),
    st.builds(n.Compare, names, st.sampled_from(["<", "<=", ">", ">="]), amounts),
    st.builds(n.Equals, names, amounts, st.booleans()),
    st.builds(n.InForce, targets),
)


def _larger(conditions: SearchStrategy[n.Condition]) -> SearchStrategy[n.Condition]:
    terms = _tuples(conditions, 2)
    return st.builds(n.And, terms) | st.builds(n.Or, terms) | st.builds(n.Not, conditions)


conditions: SearchStrategy[n.Condition] = st.recursive(atoms, _larger, max_leaves=12)

# ---------------------------------------------------------------- heads and clauses

bounds = st.builds(n.Bound, st.sampled_from(["effective", "through", "before"]), days)
notes = st.builds(n.Note, texts)
whens = st.builds(n.When, conditions)
supplements = st.builds(n.Supplements, _tuples(names, 1))
overrides = st.builds(n.Overrides, _tuples(names, 1))
heads = st.one_of(
    st.builds(n.As, names),
    st.builds(n.Under, names, st.none() | texts),
    bounds,
    whens,
    st.builds(n.Duty, texts),
    notes,
)
clause_heads = heads | overrides | st.builds(n.Under, st.none(), texts)
direct_whens = st.builds(n.When, conditions, st.just(True))


@st.composite
def clauses(draw: st.DrawFn) -> n.ClauseNode:
    effect = draw(st.sampled_from(["allow", "exempt", "license", "review", "deny", "prohibit"]))
    direct = draw(_tuples(direct_whens, 0, 1))
    return n.ClauseNode(effect, (*direct, *draw(_tuples(clause_heads))))


subjects = st.builds(n.AnySubject) | st.builds(n.Subject, st.none() | names, _tuples(words, 1), _tuples(words))
tails = _tuples(bounds | notes)
acts = st.builds(n.Act, st.sampled_from(["suspend", "repeal"]), _tuples(targets, 1), st.none(), tails) | st.builds(
    n.Act, st.just("unconfirmed"), st.just(()), texts, tails
)
sources = st.one_of(st.builds(n.Issued, days), st.builds(n.Cite, texts), bounds, notes)

# ---------------------------------------------------------------- statements

kinds = st.one_of(
    st.builds(n.OneOf, _tuples(words, 1)),
    st.builds(n.SetOf, _tuples(words, 1)),
    st.builds(n.Plain, names, st.none() | units),
)
outcomes = st.sampled_from(["allow", "license", "review", "deny", "prohibit"])
reasons = st.builds(n.Reason, targets, st.booleans())
columns = st.builds(n.Column, names, _tuples(words, 1))
operators = st.sampled_from([">=", ">", "<", "<="])

STATEMENTS: dict[type[n.Statement], SearchStrategy[n.Statement]] = {
    n.AttributeStatement: st.builds(n.AttributeStatement, names, kinds, st.booleans(), st.none() | texts),
    n.GroupStatement: st.builds(n.GroupStatement, names, _tuples(words, 1, 12), _tuples(words)),
    n.DefineStatement: st.builds(n.DefineStatement, names, conditions),
    n.ListStatement: st.builds(n.ListStatement, names, st.none() | names, texts, _tuples(columns)),
    n.OwnedListStatement: st.builds(
        n.OwnedListStatement, names, operators, percents, _tuples(names, 1), st.booleans(), texts
    ),
    n.FactStatement: st.builds(n.FactStatement, conditions, st.none() | conditions),
    n.InstrumentStatement: st.builds(n.InstrumentStatement, names, texts, _tuples(sources), _tuples(acts)),
    n.ScenarioStatement: st.builds(n.ScenarioStatement, names, texts, _tuples(sources), _tuples(acts)),
    n.ControlStatement: st.builds(
        n.ControlStatement, subjects, _tuples(heads | overrides | supplements), _tuples(clauses())
    ),
    n.PermitStatement: st.builds(n.PermitStatement, subjects, _tuples(heads | overrides | supplements)),
    n.ObligeStatement: st.builds(n.ObligeStatement, subjects, _tuples(heads | supplements)),
    n.AlwaysStatement: st.builds(n.AlwaysStatement, outcomes, st.booleans(), conditions),
    n.NeverStatement: st.builds(n.NeverStatement, outcomes, conditions),
    n.ExampleStatement: st.builds(n.ExampleStatement, texts, st.none() | names, conditions, outcomes, _tuples(reasons))
    | st.builds(n.ExampleStatement, texts, st.none() | names, conditions, st.just("undetermined")),
    n.CoverStatement: st.builds(n.CoverStatement, _tuples(names, 1)),
    n.OtherwiseStatement: st.builds(n.OtherwiseStatement, outcomes),
}

statements: SearchStrategy[n.Statement] = st.one_of(*STATEMENTS.values())
