"""The functions that make nodes of what the parser has read: one a rule, or alias of a rule, of `grammar.lark`.

Each takes the children of its rule, tokens and what the functions below made of them, and is called as soon as the
rule is complete: no tree is built in between. Spans come from the tokens, which count from the start of the statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve

from rpol.syntax.nodes import (
    Act,
    AlwaysStatement,
    And,
    AnySubject,
    As,
    AttributeStatement,
    Bound,
    Cite,
    ClauseNode,
    Column,
    Compare,
    Condition,
    ControlStatement,
    CoverStatement,
    Day,
    DefineStatement,
    Duty,
    Equals,
    ExampleStatement,
    FactStatement,
    GroupStatement,
    Holds,
    InForce,
    InstrumentStatement,
    Is,
    Issued,
    ListStatement,
    Name,
    NeverStatement,
    Not,
    Note,
    Number,
    ObligeStatement,
    OneOf,
    Only,
    Or,
    OtherwiseStatement,
    Overrides,
    OwnedListStatement,
    Percent,
    PermitStatement,
    Plain,
    Reason,
    ScenarioStatement,
    SetOf,
    Subject,
    Supplements,
    Target,
    Text,
    Under,
    When,
    Within,
    Word,
)
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
    start: int = child.span.start if hasattr(child, "span") else child.start_pos
    return start


def _end(child: Any) -> int:
    if isinstance(child, list):
        return _end(next(part for part in reversed(child) if part))
    end: int = child.span.end if hasattr(child, "span") else child.end_pos
    return end


# ---------------------------------------------------------------- words


def _name(token: Token) -> Name:
    return Name(str(token), span=_place(token))


def _word(token: Token) -> Word:
    if token.type == "STRING":
        return Word(token[1:-1], "quoted", span=_place(token))
    return Word(str(token), "none" if token.type == "NONE" else "bare", span=_place(token))


def _text(*tokens: Token) -> Text:
    return Text("".join(token[1:-1] for token in tokens), span=_span(list(tokens)))


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


def first_word(c: Children) -> list[Word]:
    return [_word(c[0])]


def another_word(c: Children) -> list[Word]:
    return another([c[0], c[1], _word(c[2])])


def first_name(c: Children) -> list[Name]:
    return [_name(c[0])]


def another_name(c: Children) -> list[Name]:
    return another([c[0], c[1], _name(c[2])])


# ---------------------------------------------------------------- vocabulary


def attribute(c: Children) -> AttributeStatement:
    _, name, kind, optional, question = c
    return AttributeStatement(
        _name(name), kind, optional is not None, _text(question) if question else None, span=_span(c)
    )


def one_of(c: Children) -> OneOf:
    return OneOf(tuple(c[2]), span=_span(c))


def set_of(c: Children) -> SetOf:
    return SetOf(tuple(c[2]), span=_span(c))


def plain(c: Children) -> Plain:
    name, unit = c
    return Plain(_name(name), _unit(unit), span=_span(c))


def group(c: Children) -> GroupStatement:
    _, name, _, words, _, excepted = c
    return GroupStatement(_name(name), tuple(words), tuple(excepted or ()), span=_span(c))


def define(c: Children) -> DefineStatement:
    _, name, _, condition = c
    return DefineStatement(_name(name), condition, span=_span(c))


def list_of_rows(c: Children) -> ListStatement:
    _, name, _, of, _, file, _, where = c
    return ListStatement(_name(name), _name(of) if of else None, _text(file), tuple(where or ()), span=_span(c))


def column(c: Children) -> Column:
    name, values = c
    return Column(_name(name), tuple(values), span=_span(c))


def list_of_owned(c: Children) -> OwnedListStatement:
    _, name, _, operator, share, _, (owners, together), _, file = c
    return OwnedListStatement(_name(name), str(operator), share, owners, together, _text(file), span=_span(c))


def owner_alone(c: Children) -> tuple[tuple[Name, ...], bool]:
    return tuple(c[2]), False


def owners_added(c: Children) -> tuple[tuple[Name, ...], bool]:
    return tuple(c[0]), True


def fact(c: Children) -> FactStatement:
    _, condition, _, when = c
    return FactStatement(condition, when, span=_span(c))


# ---------------------------------------------------------------- sources


def instrument(c: Children) -> InstrumentStatement:
    _, name, title, sources, acts = c
    return InstrumentStatement(_name(name), _text(*title), tuple(sources), tuple(acts), span=_span(c))


def scenario(c: Children) -> ScenarioStatement:
    _, name, title, sources, acts = c
    return ScenarioStatement(_name(name), _text(*title), tuple(sources), tuple(acts), span=_span(c))


def issued(c: Children) -> Issued:
    return Issued(day(c[1:]), span=_span(c))


def cite(c: Children) -> Cite:
    return Cite(_text(c[1]), span=_span(c))


def act(c: Children) -> Act:
    word, targets, tail = c
    return Act(_keyword(word), tuple(targets), None, tuple(tail), span=_span(c))


def unconfirmed(c: Children) -> Act:
    _, why, tail = c
    return Act("unconfirmed", (), _text(*why), tuple(tail), span=_span(c))


def target(c: Children) -> Target:
    name, paragraph = c
    return Target(_name(name), _text(paragraph) if paragraph else None, span=_span(c))


# ---------------------------------------------------------------- rules


def control(c: Children) -> ControlStatement:
    _, subject, head, clauses = c
    return ControlStatement(subject, tuple(head), tuple(clauses), span=_span(c))


def permit(c: Children) -> PermitStatement:
    _, subject, head = c
    return PermitStatement(subject, tuple(head), span=_span(c))


def oblige(c: Children) -> ObligeStatement:
    _, subject, head = c
    return ObligeStatement(subject, tuple(head), span=_span(c))


def subject_any(c: Children) -> AnySubject:
    return AnySubject(span=_span(c))


def subject_values(c: Children) -> Subject:
    words, _, excepted = c
    return Subject(None, tuple(words), tuple(excepted or ()), span=Span(_start(words[0]), _end(c)))


def subject_of(c: Children) -> Subject:
    attribute, words, _, excepted = c
    return Subject(_name(attribute), tuple(words), tuple(excepted or ()), span=_span(c))


def label(c: Children) -> As:
    return As(_name(c[1]), span=_span(c))


def under(c: Children) -> Under:
    _, name, paragraph = c
    return Under(_name(name), _text(paragraph) if paragraph else None, span=_span(c))


def paragraph(c: Children) -> Under:
    return Under(None, _text(c[1]), span=_span(c))


def window(c: Children) -> Bound:
    return Bound(_keyword(c[0]), day(c[1:]), span=_span(c))


def when(c: Children) -> When:
    return When(c[1], span=_span(c))


def duty(c: Children) -> Duty:
    return Duty(_text(*c[1]), span=_span(c))


def note(c: Children) -> Note:
    return Note(_text(*c[1]), span=_span(c))


def overrides(c: Children) -> Overrides:
    return Overrides(tuple(c[1]), span=_span(c))


def supplements(c: Children) -> Supplements:
    return Supplements(tuple(c[1]), span=_span(c))


def effect(c: Children) -> Children:
    return c


def clause(c: Children) -> list[ClauseNode]:
    clauses, effect, head = c
    return more([clauses, _clause(effect, head)])


def clause_direct(c: Children) -> list[ClauseNode]:
    clauses, effect, condition, head = c
    return more([clauses, _clause(effect, [When(condition, direct=True, span=condition.span), *head])])


def _clause(effect: list[Token], head: list[Any]) -> ClauseNode:
    effect_span = _span(effect)
    span = Span(effect_span.start, _end(head) if head else effect_span.end)
    return ClauseNode(_keyword(effect[-1]), tuple(head), effect_span=effect_span, span=span)


# ---------------------------------------------------------------- conditions


def conjunction(c: Children) -> And:
    return And(tuple(c[0]), span=Span(_start(c[0][0]), _end(c)))


def disjunction(c: Children) -> Or:
    return Or(tuple(c[0]), span=Span(_start(c[0][0]), _end(c)))


def negation(c: Children) -> Not:
    return Not(c[1], span=_span(c))


def parenthesised(c: Children) -> Condition:
    """Return the condition itself; its span takes the parentheses in."""
    condition: Condition = evolve(c[1], span=_span(c))
    return condition


def holds(c: Children) -> Holds:
    return Holds(_name(c[0]), span=_span(c))


def is_value(c: Children) -> Is:
    attribute, negated, value = c
    return Is(_name(attribute), _word(value), negated is not None, span=_span(c))


def within(c: Children) -> Within:
    attribute, negated, _, values = c
    return Within(_name(attribute), tuple(values), negated is not None, span=_span(c))


def only(c: Children) -> Only:
    attribute, _, values = c
    return Only(_name(attribute), tuple(values), span=_span(c))


def compare(c: Children) -> Compare:
    attribute, operator, amount = c
    return Compare(_name(attribute), str(operator), amount, span=_span(c))


def equals(c: Children) -> Equals:
    attribute, negated, amount = c
    return Equals(_name(attribute), amount, negated is not None, span=_span(c))


def in_force(c: Children) -> InForce:
    return InForce(c[2], span=_span(c))


def number(c: Children) -> Number:
    number, unit = c
    return Number(str(number), _unit(unit), span=_span(c))


def percent(c: Children) -> Percent:
    return Percent(c[0].rstrip("% \t"), span=_span(c))


def day(c: Children) -> Day:
    return Day(str(c[0]), span=_span(c))


# ---------------------------------------------------------------- promises and tests


def always(c: Children) -> AlwaysStatement:
    _, outcome, stricter, _, _, condition = c
    return AlwaysStatement(_keyword(outcome), stricter is not None, condition, span=_span(c))


def never(c: Children) -> NeverStatement:
    _, outcome, _, condition = c
    return NeverStatement(_keyword(outcome), condition, span=_span(c))


def example(c: Children) -> ExampleStatement:
    _, title, _, scenario, _, given, _, expected, *because = c
    return ExampleStatement(
        _text(*title),
        _name(scenario) if scenario else None,
        given,
        _keyword(expected),
        tuple(because[-1] or ()) if because else (),
        span=_span(c),
    )


def reason(c: Children) -> Reason:
    suspended, target = c
    return Reason(target, suspended is not None, span=Span(_start(suspended or target), _end(target)))


def outcome(c: Children) -> Token:
    token: Token = c[0]
    return token


def cover(c: Children) -> CoverStatement:
    return CoverStatement(tuple(c[1]), span=_span(c))


def otherwise(c: Children) -> OtherwiseStatement:
    return OtherwiseStatement(_keyword(c[1]), span=_span(c))
