"""The functions that make nodes of what the parser has read: one a rule, or alias of a rule, of `grammar.lark`.

Each takes the children of its rule, tokens and what the functions below made of them, and is called as soon as the
rule is complete: no tree is built in between. Spans come from the tokens, which count from the start of the statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve

from rpol.syntax import nodes
from rpol.text.source import Span

if TYPE_CHECKING:
    from lark import Token

Children: TypeAlias = list[Any]


# ---------------------------------------------------------------- spans


def _place(token: Token) -> Span:
    return Span(_start(token), _end(token))


def _span(c: Children) -> Span:
    """Return the span from the first child to the last one that was written."""
    return Span(_start(c[0]), _end(c))


def _start(child: Any) -> int:
    is_token: bool = isinstance(child, str)
    return int(child.start_pos if is_token else child.span.start)


def _end(child: Any) -> int:
    if isinstance(child, list):
        for part in reversed(child):
            if part:
                return _end(part)
    is_token: bool = isinstance(child, str)
    return int(child.end_pos if is_token else child.span.end)


# ---------------------------------------------------------------- words


def _name(token: Token) -> nodes.Name:
    return nodes.Name(str(token), span=_place(token))


def _word(token: Token) -> nodes.Word:
    if token.type == "STRING":
        return nodes.Word(token[1:-1], "quoted", span=_place(token))
    return nodes.Word(str(token), "none" if token.type == "NONE" else "bare", span=_place(token))


def _text(*tokens: Token) -> nodes.Text:
    return nodes.Text("".join(token[1:-1] for token in tokens), span=_span(list(tokens)))


def _unit(names: list[Token] | None) -> str | None:
    return "/".join(names) if names else None


def _keyword(token: Token) -> Any:
    """Return the keyword as written; the grammar lets no other stand there than the node's field allows."""
    return str(token)


# ---------------------------------------------------------------- lists


def empty(_: Children) -> Children:
    return []


def first(c: Children) -> Children:
    return c


def two(c: Children) -> Children:
    return [c[0], c[2]]


def more(c: Children) -> Children:
    """Return the list and what follows it; `another` the same where a comma or a word stands between."""
    items: Children = c[0]
    items.append(c[1])
    return items


def another(c: Children) -> Children:
    return more([c[0], c[2]])


def first_word(c: Children) -> list[nodes.Word]:
    return [_word(c[0])]


def another_word(c: Children) -> list[nodes.Word]:
    return another([c[0], c[1], _word(c[2])])


def first_name(c: Children) -> list[nodes.Name]:
    return [_name(c[0])]


def another_name(c: Children) -> list[nodes.Name]:
    return another([c[0], c[1], _name(c[2])])


# ---------------------------------------------------------------- vocabulary


def attribute(c: Children) -> nodes.AttributeStatement:
    _, name, kind, optional, question = c
    return nodes.AttributeStatement(
        _name(name), kind, optional is not None, _text(question) if question else None, span=_span(c)
    )


def one_of(c: Children) -> nodes.OneOf:
    return nodes.OneOf(tuple(c[2]), span=_span(c))


def set_of(c: Children) -> nodes.SetOf:
    return nodes.SetOf(tuple(c[2]), span=_span(c))


def plain(c: Children) -> nodes.Plain:
    name, unit = c
    return nodes.Plain(_name(name), _unit(unit), span=_span(c))


def group(c: Children) -> nodes.GroupStatement:
    _, name, _, words, _, excepted = c
    return nodes.GroupStatement(_name(name), tuple(words), tuple(excepted or ()), span=_span(c))


def define(c: Children) -> nodes.DefineStatement:
    _, name, _, condition = c
    return nodes.DefineStatement(_name(name), condition, span=_span(c))


def list_of_rows(c: Children) -> nodes.ListStatement:
    _, name, _, of, _, file, _, where = c
    return nodes.ListStatement(_name(name), _name(of) if of else None, _text(file), tuple(where or ()), span=_span(c))


def column(c: Children) -> nodes.Column:
    name, values = c
    return nodes.Column(_name(name), tuple(values), span=_span(c))


def list_of_owned(c: Children) -> nodes.OwnedListStatement:
    _, name, _, operator, share, _, (owners, together), _, file = c
    return nodes.OwnedListStatement(_name(name), str(operator), share, owners, together, _text(file), span=_span(c))


def owner_alone(c: Children) -> tuple[tuple[nodes.Name, ...], bool]:
    return tuple(c[2]), False


def owners_added(c: Children) -> tuple[tuple[nodes.Name, ...], bool]:
    return tuple(c[0]), True


def fact(c: Children) -> nodes.FactStatement:
    _, condition, _, when = c
    return nodes.FactStatement(condition, when, span=_span(c))


# ---------------------------------------------------------------- sources


def instrument(c: Children) -> nodes.InstrumentStatement:
    _, name, title, sources, acts = c
    return nodes.InstrumentStatement(_name(name), _text(*title), tuple(sources), tuple(acts), span=_span(c))


def scenario(c: Children) -> nodes.ScenarioStatement:
    _, name, title, sources, acts = c
    return nodes.ScenarioStatement(_name(name), _text(*title), tuple(sources), tuple(acts), span=_span(c))


def issued(c: Children) -> nodes.Issued:
    return nodes.Issued(day(c[1:]), span=_span(c))


def cite(c: Children) -> nodes.Cite:
    return nodes.Cite(_text(c[1]), span=_span(c))


def act(c: Children) -> nodes.Act:
    word, targets, tail = c
    return nodes.Act(_keyword(word), tuple(targets), None, tuple(tail), span=_span(c))


def unconfirmed(c: Children) -> nodes.Act:
    _, why, tail = c
    return nodes.Act("unconfirmed", (), _text(*why), tuple(tail), span=_span(c))


def target(c: Children) -> nodes.Target:
    name, paragraph = c
    return nodes.Target(_name(name), _text(paragraph) if paragraph else None, span=_span(c))


# ---------------------------------------------------------------- rules


def control(c: Children) -> nodes.ControlStatement:
    _, subject, head, clauses = c
    return nodes.ControlStatement(subject, tuple(head), tuple(clauses), span=_span(c))


def permit(c: Children) -> nodes.PermitStatement:
    _, subject, head = c
    return nodes.PermitStatement(subject, tuple(head), span=_span(c))


def oblige(c: Children) -> nodes.ObligeStatement:
    _, subject, head = c
    return nodes.ObligeStatement(subject, tuple(head), span=_span(c))


def subject_any(c: Children) -> nodes.AnySubject:
    return nodes.AnySubject(span=_span(c))


def subject_values(c: Children) -> nodes.Subject:
    words, _, excepted = c
    return nodes.Subject(None, tuple(words), tuple(excepted or ()), span=Span(_start(words[0]), _end(c)))


def subject_of(c: Children) -> nodes.Subject:
    attribute, words, _, excepted = c
    return nodes.Subject(_name(attribute), tuple(words), tuple(excepted or ()), span=_span(c))


def label(c: Children) -> nodes.As:
    return nodes.As(_name(c[1]), span=_span(c))


def under(c: Children) -> nodes.Under:
    _, name, paragraph = c
    return nodes.Under(_name(name), _text(paragraph) if paragraph else None, span=_span(c))


def paragraph(c: Children) -> nodes.Under:
    return nodes.Under(None, _text(c[1]), span=_span(c))


def window(c: Children) -> nodes.Bound:
    return nodes.Bound(_keyword(c[0]), day(c[1:]), span=_span(c))


def when(c: Children) -> nodes.When:
    return nodes.When(c[1], span=_span(c))


def duty(c: Children) -> nodes.Duty:
    return nodes.Duty(_text(*c[1]), span=_span(c))


def note(c: Children) -> nodes.Note:
    return nodes.Note(_text(*c[1]), span=_span(c))


def overrides(c: Children) -> nodes.Overrides:
    return nodes.Overrides(tuple(c[1]), span=_span(c))


def supplements(c: Children) -> nodes.Supplements:
    return nodes.Supplements(tuple(c[1]), span=_span(c))


def clause(c: Children) -> list[nodes.ClauseNode]:
    clauses, effect, head = c
    return more([clauses, _clause(effect, head)])


def clause_direct(c: Children) -> list[nodes.ClauseNode]:
    clauses, effect, condition, head = c
    return more([clauses, _clause(effect, [nodes.When(condition, direct=True, span=condition.span), *head])])


def _clause(effect: list[Token], head: list[Any]) -> nodes.ClauseNode:
    effect_span = _span(effect)
    span = Span(effect_span.start, _end(head) if head else effect_span.end)
    return nodes.ClauseNode(_keyword(effect[-1]), tuple(head), effect_span=effect_span, span=span)


# ---------------------------------------------------------------- conditions


def conjunction(c: Children) -> nodes.And:
    return nodes.And(tuple(c[0]), span=Span(_start(c[0][0]), _end(c)))


def disjunction(c: Children) -> nodes.Or:
    return nodes.Or(tuple(c[0]), span=Span(_start(c[0][0]), _end(c)))


def negation(c: Children) -> nodes.Not:
    return nodes.Not(c[1], span=_span(c))


def parenthesised(c: Children) -> nodes.Condition:
    """Return the condition itself; its span takes the parentheses in."""
    condition: nodes.Condition = evolve(c[1], span=_span(c))
    return condition


def holds(c: Children) -> nodes.Holds:
    return nodes.Holds(_name(c[0]), span=_span(c))


def is_value(c: Children) -> nodes.Is:
    attribute, negated, value = c
    return nodes.Is(_name(attribute), _word(value), negated is not None, span=_span(c))


def within(c: Children) -> nodes.Within:
    attribute, negated, _, values = c
    return nodes.Within(_name(attribute), tuple(values), negated is not None, span=_span(c))


def only(c: Children) -> nodes.Only:
    attribute, _, values = c
    return nodes.Only(_name(attribute), tuple(values), span=_span(c))


def compare(c: Children) -> nodes.Compare:
    attribute, operator, amount = c
    return nodes.Compare(_name(attribute), str(operator), amount, span=_span(c))


def equals(c: Children) -> nodes.Equals:
    attribute, negated, amount = c
    return nodes.Equals(_name(attribute), amount, negated is not None, span=_span(c))


def in_force(c: Children) -> nodes.InForce:
    return nodes.InForce(c[2], span=_span(c))


def number(c: Children) -> nodes.Number:
    number, unit = c
    return nodes.Number(str(number), _unit(unit), span=_span(c))


def percent(c: Children) -> nodes.Percent:
    return nodes.Percent(c[0].rstrip("% \t"), span=_span(c))


def day(c: Children) -> nodes.Day:
    return nodes.Day(str(c[0]), span=_span(c))


# ---------------------------------------------------------------- promises and tests


def always(c: Children) -> nodes.AlwaysStatement:
    _, outcome, stricter, _, _, condition = c
    return nodes.AlwaysStatement(_keyword(outcome), stricter is not None, condition, span=_span(c))


def never(c: Children) -> nodes.NeverStatement:
    _, outcome, _, condition = c
    return nodes.NeverStatement(_keyword(outcome), condition, span=_span(c))


def example(c: Children) -> nodes.ExampleStatement:
    _, title, _, scenario, _, given, _, expected, *because = c
    return nodes.ExampleStatement(
        _text(*title),
        _name(scenario) if scenario else None,
        given,
        _keyword(expected),
        tuple(because[-1] or ()) if because else (),
        span=_span(c),
    )


def reason(c: Children) -> nodes.Reason:
    suspended, target = c
    return nodes.Reason(target, suspended is not None, span=Span(_start(suspended or target), _end(target)))


def cover(c: Children) -> nodes.CoverStatement:
    return nodes.CoverStatement(tuple(c[1]), span=_span(c))


def otherwise(c: Children) -> nodes.OtherwiseStatement:
    return nodes.OtherwiseStatement(_keyword(c[1]), span=_span(c))
