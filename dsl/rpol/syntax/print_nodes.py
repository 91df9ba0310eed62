"""Write statements in their canonical layout.

What is written parses to an equal node. A statement stands on one line if it fits; else its parts go to lines of their
own, and conditions break in front of `and` and `or`. Clauses, acts, `cite`, `given` and `expect` always begin a line.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, assert_never

from rpol.syntax import nodes
from rpol.syntax.layout import INDENT, Group, Part, behind, block, glued

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONGEST_TEXT = 94


def print_statements(statements: Iterable[nodes.Statement]) -> str:
    """Return the statements as the text of a file; a blank line parts kinds, and statements of several lines."""
    printed = [(type(statement), print_statement(statement)) for statement in statements]
    parts = [text for _, text in printed[:1]]
    for (kind, text), (next_kind, next_text) in pairwise(printed):
        close = kind is next_kind and "\n" not in text + next_text
        parts.append(next_text if close else f"\n{next_text}")
    return "".join(f"{part}\n" for part in parts)


def print_statement(statement: nodes.Statement) -> str:
    """Return the statement as text, without a line break at its end."""
    return "\n".join(_statement(statement))


def _statement(statement: nodes.Statement) -> list[str]:
    match statement:
        case nodes.InstrumentStatement():
            return _instrument("instrument", statement)
        case nodes.ScenarioStatement():
            return _instrument("scenario", statement)
        case nodes.ControlStatement(subject, head, clauses):
            lines = block([_subject("control", subject), *_heads(head)], 0, 2 * INDENT)
            return [*lines, *(line for clause in clauses for line in _clause(clause))]
        case nodes.PermitStatement(subject, head):
            return block([_subject("permit", subject), *_heads(head)], 0, INDENT)
        case nodes.ObligeStatement(subject, head):
            return block([_subject("oblige", subject), *_heads(head)], 0, INDENT)
        case nodes.ExampleStatement():
            return _example(statement)
        case nodes.FactStatement(condition, when):
            parts = [Part(behind("fact", _condition(condition)))]
            if when is not None:
                parts.append(Part(behind("when", _condition(when)), own_line=True))
            return block(parts, 0, INDENT)
        case _:
            return block([Part(_simple(statement))], 0, INDENT)


# ---------------------------------------------------------------- statements of one part


def _simple(
    statement: nodes.AttributeStatement
    | nodes.GroupStatement
    | nodes.DefineStatement
    | nodes.ListStatement
    | nodes.OwnedListStatement
    | nodes.AlwaysStatement
    | nodes.NeverStatement
    | nodes.CoverStatement
    | nodes.OtherwiseStatement,
) -> tuple[Group, ...]:
    match statement:
        case nodes.AttributeStatement(name, kind, optional, question):
            tail = [["optional"]] if optional else []
            tail += [[_quoted(question)]] if question else []
            return (glued(f"attribute {name.text}", _kind(kind)), *tail)
        case nodes.GroupStatement(name, words, excepted):
            return (glued(f"group {name.text} =", _words(words)), *_excepted(excepted))
        case nodes.DefineStatement(name, condition):
            return behind(f"define {name.text} =", _condition(condition))
        case nodes.ListStatement():
            return _list(statement)
        case nodes.OwnedListStatement(name, operator, share, owners, together, file):
            listed = _names(owners)
            by = (glued("by", listed), ["together"]) if together else (glued("by one of", listed),)
            return ([f"list {name.text} owned {operator} {_amount(share)}"], *by, [f"from {_quoted(file)}"])
        case nodes.AlwaysStatement(outcome, or_stricter, condition):
            promised = f"{outcome} or stricter" if or_stricter else outcome
            return behind(f"always {promised} when", _condition(condition))
        case nodes.NeverStatement(outcome, condition):
            return behind(f"never {outcome} when", _condition(condition))
        case nodes.CoverStatement(attributes):
            return (glued("cover", _names(attributes)),)
        case nodes.OtherwiseStatement(outcome):
            return ([f"otherwise {outcome}"],)
        case _:
            assert_never(statement)


def _kind(kind: nodes.Kind) -> Group:
    match kind:
        case nodes.OneOf(values):
            return glued("one of", _words(values))
        case nodes.SetOf(values):
            return glued("set of", _words(values))
        case nodes.Plain(name, unit):
            return [f"{name.text} {unit}" if unit else name.text]
        case _:
            assert_never(kind)


def _list(statement: nodes.ListStatement) -> tuple[Group, ...]:
    of = f" of {statement.of.text}" if statement.of else ""
    groups: list[Group] = [[f"list {statement.name.text}{of}"], [f"from {_quoted(statement.file)}"]]
    for word, column in zip(["where", *["and"] * len(statement.where)], statement.where, strict=False):
        groups += (glued(f"{word} {column.name.text}", _words(column.values)),)
    return tuple(groups)


# ---------------------------------------------------------------- sources, rules, examples


def _instrument(word: str, statement: nodes.InstrumentStatement | nodes.ScenarioStatement) -> list[str]:
    parts = [Part((glued(f"{word} {statement.name.text}", _texts(statement.title)),)), *_heads(statement.sources)]
    cites = any(isinstance(source, nodes.Cite) for source in statement.sources)
    lines = block(parts, 0, INDENT, spread=cites)
    for act in statement.acts:
        groups = [_targets(act.targets)] if act.why is None else [_texts(act.why)]
        lines += block([Part(behind(act.word, groups)), *_heads(act.tail)], INDENT, 2 * INDENT)
    return lines


def _subject(word: str, subject: nodes.SubjectNode) -> Part:
    match subject:
        case nodes.AnySubject():
            return Part(([f"{word} any"],))
        case nodes.Subject(attribute, words, excepted):
            start = f"{word} {attribute.text}" if attribute else word
            return Part((glued(start, _words(words)), *_excepted(excepted)))
        case _:
            assert_never(subject)


def _heads(heads: Sequence[nodes.Head | nodes.Source]) -> list[Part]:
    """Return the parts of heads or sources; the ends of a window stay together."""
    parts = []
    for window, group in groupby(heads, lambda head: isinstance(head, nodes.Bound)):
        row = [_head(head) for head in group]
        parts += [Part(([phrase for part in row for [phrase] in part.groups],))] if window else row
    return parts


def _head(head: nodes.Head | nodes.Source) -> Part:
    """Return the part of a head or source; names and days go on in a line, conditions and texts get their own."""
    match head:
        case nodes.As(name):
            return Part(([f"as {name.text}"],))
        case nodes.Under(instrument, paragraph):
            cited = [instrument.text] if instrument else []
            return Part(([" ".join(["under", *cited, *([_quoted(paragraph)] if paragraph else [])])],))
        case nodes.Bound(word, day):
            return Part(([f"{word} {day.text}"],))
        case nodes.Issued(day):
            return Part(([f"issued {day.text}"],))
        case nodes.When(condition, direct):
            groups = _condition(condition)
            return Part(groups) if direct else Part(behind("when", groups), own_line=True)
        case nodes.Cite(address):
            return Part(([f"cite {_quoted(address)}"],), own_line=True)
        case nodes.Duty(text):
            return Part((glued("duty", _texts(text)),), own_line=True)
        case nodes.Note(text):
            return Part((glued("note", _texts(text)),), own_line=True)
        case nodes.Overrides(names):
            return Part((glued("overrides", _names(names)),), own_line=True)
        case nodes.Supplements(names):
            return Part((glued("supplements", _names(names)),), own_line=True)
        case _:
            assert_never(head)


def _clause(clause: nodes.ClauseNode) -> list[str]:
    effect = "require license" if clause.effect == "license" else clause.effect
    return block([Part(([effect],)), *_heads(clause.head)], INDENT, 2 * INDENT)


def _example(statement: nodes.ExampleStatement) -> list[str]:
    under: list[Group] = [[f"under {statement.scenario.text}"]] if statement.scenario else []
    expected: tuple[Group, ...] = ([f"expect {statement.expect}"],)
    if statement.reasons:
        expected += (glued("because", _listed([_reason(reason) for reason in statement.reasons])),)
    return block(
        [
            Part((glued("example", _texts(statement.title)), *under)),
            Part(behind("given", _condition(statement.given)), own_line=True),
            Part(expected, own_line=True),
        ],
        0,
        INDENT,
        spread=True,
    )


def _reason(reason: nodes.Reason) -> str:
    return f"suspended {_target(reason.target)}" if reason.suspended else _target(reason.target)


# ---------------------------------------------------------------- conditions


def _condition(condition: nodes.Condition) -> tuple[Group, ...]:
    """Return a group for each condition that `and` or `or` joins, the word in front."""
    match condition:
        case nodes.And(terms):
            return _joined("and", terms)
        case nodes.Or(terms):
            return _joined("or", terms)
        case _:
            return (_term(condition),)


def _joined(word: str, terms: Sequence[nodes.Condition]) -> tuple[Group, ...]:
    first, *others = (_term(term) for term in terms)
    return (first, *(glued(word, other) for other in others))


def _term(condition: nodes.Condition) -> Group:
    match condition:
        case nodes.And() | nodes.Or():
            return _parenthesised(_condition(condition))
        case nodes.Not(term):
            return glued("not", _term(term))
        case nodes.Holds(name):
            return [name.text]
        case nodes.Is(attribute, value, negated):
            return [f"{_attribute(attribute, negated)} {_word(value)}"]
        case nodes.Within(attribute, values, negated):
            return glued(f"{_attribute(attribute, negated)} in", _words(values))
        case nodes.Only(attribute, values):
            return glued(f"{attribute.text} only", _words(values))
        case nodes.Compare(attribute, operator, amount):
            return [f"{attribute.text} {operator} {_amount(amount)}"]
        case nodes.Equals(attribute, amount, negated):
            return [f"{_attribute(attribute, negated)} {_amount(amount)}"]
        case nodes.InForce(target):
            return [f"in force {_target(target)}"]
        case _:
            assert_never(condition)


def _parenthesised(groups: tuple[Group, ...]) -> Group:
    phrases = [phrase for group in groups for phrase in group]
    phrases[0] = f"({phrases[0]}"
    phrases[-1] = f"{phrases[-1]})"
    return phrases


def _attribute(attribute: nodes.Name, negated: bool) -> str:
    return f"{attribute.text} not" if negated else attribute.text


def _amount(amount: nodes.Amount) -> str:
    match amount:
        case nodes.Number(text, unit):
            return f"{text} {unit}" if unit else text
        case nodes.Percent(text):
            return f"{text}%"
        case nodes.Day(text):
            return text
        case _:
            assert_never(amount)


# ---------------------------------------------------------------- words


def _word(word: nodes.Word) -> str:
    return f'"{word.text}"' if word.form == "quoted" else word.text


def _words(words: Sequence[nodes.Word]) -> Group:
    return _listed([_word(word) for word in words])


def _names(names: Sequence[nodes.Name]) -> Group:
    return _listed([name.text for name in names])


def _excepted(words: Sequence[nodes.Word]) -> tuple[Group, ...]:
    return (glued("except", _words(words)),) if words else ()


def _target(target: nodes.Target) -> str:
    return f"{target.name.text} {_quoted(target.paragraph)}" if target.paragraph else target.name.text


def _targets(targets: Sequence[nodes.Target]) -> Group:
    return _listed([_target(target) for target in targets])


def _listed(items: list[str]) -> Group:
    return [*(f"{item}," for item in items[:-1]), items[-1]]


def _quoted(text: nodes.Text) -> str:
    return f'"{text.text}"'


def _texts(text: nodes.Text) -> Group:
    """Return the text as one phrase, or if it is long as texts side by side, which are one."""
    parts = [""]
    for word in re.findall(r"\S*\s*", text.text):
        if parts[-1] and len(parts[-1]) + len(word) > _LONGEST_TEXT:
            parts.append("")
        parts[-1] += word
    return [f'"{part}"' for part in parts]
