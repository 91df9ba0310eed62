"""The nodes of a policy text.

Nodes are frozen and compare by content: spans count from the first character of the statement's own text (so a
statement that moves keeps its node) and are left out of equality. Words are kept as written; what they mean is
decided by `rpol.model.resolve`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import field, frozen

from rpol.text.source import Span


def _span() -> Span:
    """A field for the place of a node, which takes no part in comparison."""
    return field(default=Span(0, 0), eq=False, repr=False, kw_only=True)


# ---------------------------------------------------------------- words


@frozen
class Name:
    """A name where a name is declared or used."""

    text: str
    span: Span = _span()


@frozen
class Word:
    """A value, or the name of a group or list, where either may stand.

    `form` says how it was written: `bare` (a name or a code such as `1C902.a.4`), `quoted` (always a value),
    or `none` (the keyword).
    """

    text: str
    form: Literal["bare", "quoted", "none"] = "bare"
    span: Span = _span()


@frozen
class Text:
    """A quoted text; texts that stood side by side have been joined."""

    text: str
    span: Span = _span()


@frozen
class Day:
    """A date as written, `YYYY-MM-DD`; it may name a day that does not exist."""

    text: str
    span: Span = _span()


@frozen
class Percent:
    """A percentage as written, without its sign: `0.1` of `0.1 %`."""

    text: str
    span: Span = _span()


@frozen
class Number:
    """A number as written, and its unit (`nm`, `GB/s/mm2`) if one was written."""

    text: str
    unit: str | None = None
    span: Span = _span()


Amount: TypeAlias = Number | Percent | Day


@frozen
class Target:
    """An instrument and perhaps a paragraph, as `suspend`, `in force` and `because` name them."""

    name: Name
    paragraph: Text | None = None
    span: Span = _span()


# ---------------------------------------------------------------- conditions


@frozen
class And:
    """All of at least two conditions."""

    terms: tuple[Condition, ...]
    span: Span = _span()


@frozen
class Or:
    """At least one of at least two conditions."""

    terms: tuple[Condition, ...]
    span: Span = _span()


@frozen
class Not:
    """`not` in front of a condition."""

    term: Condition
    span: Span = _span()


@frozen
class Holds:
    """A name by itself: a define or a boolean attribute."""

    name: Name
    span: Span = _span()


@frozen
class Is:
    """`attribute [not] value`."""

    attribute: Name
    value: Word
    negated: bool = False
    span: Span = _span()


@frozen
class Within:
    """`attribute [not] in a, b`."""

    attribute: Name
    values: tuple[Word, ...]
    negated: bool = False
    span: Span = _span()


@frozen
class Only:
    """`attribute only a, b`, for sets."""

    attribute: Name
    values: tuple[Word, ...]
    span: Span = _span()


@frozen
class Compare:
    """`attribute OPERATOR amount`, with `<`, `<=`, `>` or `>=`."""

    attribute: Name
    operator: str
    amount: Amount
    span: Span = _span()


@frozen
class Equals:
    """`attribute [not] amount`."""

    attribute: Name
    amount: Amount
    negated: bool = False
    span: Span = _span()


@frozen
class InForce:
    """`in force INSTRUMENT ["paragraph"]`."""

    target: Target
    span: Span = _span()


Condition: TypeAlias = And | Or | Not | Holds | Is | Within | Only | Compare | Equals | InForce


# ---------------------------------------------------------------- vocabulary


@frozen
class OneOf:
    """`one of a, b` or `one of "file.csv"` (a single quoted word)."""

    values: tuple[Word, ...]
    span: Span = _span()


@frozen
class SetOf:
    """`set of a, b`, `set of "file.csv"` or `set of country`."""

    values: tuple[Word, ...]
    span: Span = _span()


@frozen
class Plain:
    """`country`, `entity`, `boolean`, `integer`, `number [unit]`, `percent`, `date`."""

    name: Name
    unit: str | None = None
    span: Span = _span()


Kind: TypeAlias = OneOf | SetOf | Plain


@frozen
class AttributeStatement:
    """`attribute NAME KIND [optional] ["question"]`."""

    name: Name
    kind: Kind
    optional: bool = False
    question: Text | None = None
    span: Span = _span()


@frozen
class GroupStatement:
    """`group NAME = a, b [except c]`."""

    name: Name
    words: tuple[Word, ...]
    excepted: tuple[Word, ...] = ()
    span: Span = _span()


@frozen
class DefineStatement:
    """`define NAME = CONDITION`."""

    name: Name
    condition: Condition
    span: Span = _span()


@frozen
class Column:
    """`COLUMN a, b` behind `where`: only rows whose column holds one of these."""

    name: Name
    values: tuple[Word, ...]
    span: Span = _span()


@frozen
class ListStatement:
    """`list NAME [of ATTRIBUTE] from "file.csv" [where COLUMN a, b and …]`."""

    name: Name
    of: Name | None
    file: Text
    where: tuple[Column, ...] = ()
    span: Span = _span()


@frozen
class OwnedListStatement:
    """`list NAME owned >= 50% by one of A, B from "file.csv"`, or `by A, B together`."""

    name: Name
    operator: str
    share: Percent
    owners: tuple[Name, ...]
    together: bool
    file: Text
    span: Span = _span()


@frozen
class FactStatement:
    """`fact CONDITION [when CONDITION]`."""

    condition: Condition
    when: Condition | None = None
    span: Span = _span()


# ---------------------------------------------------------------- heads: what stands around an effect or act


@frozen
class As:
    """`as NAME`."""

    name: Name
    span: Span = _span()


@frozen
class Under:
    """`under NAME ["p"]`, or `under "p"` (then `instrument` is None)."""

    instrument: Name | None
    paragraph: Text | None
    span: Span = _span()


@frozen
class Bound:
    """One end of a window: `effective D`, `through D` or `before D`."""

    word: Literal["effective", "through", "before"]
    day: Day
    span: Span = _span()


@frozen
class Issued:
    """`issued D`."""

    day: Day
    span: Span = _span()


@frozen
class Cite:
    """`cite "address"`."""

    address: Text
    span: Span = _span()


@frozen
class When:
    """`when CONDITION`, also written directly behind an effect word (`direct`)."""

    condition: Condition
    direct: bool = False
    span: Span = _span()


@frozen
class Duty:
    """`duty "text"`."""

    text: Text
    span: Span = _span()


@frozen
class Note:
    """`note "text"`."""

    text: Text
    span: Span = _span()


@frozen
class Overrides:
    """`overrides A, B`."""

    names: tuple[Name, ...]
    span: Span = _span()


@frozen
class Supplements:
    """`supplements A, B`."""

    names: tuple[Name, ...]
    span: Span = _span()


Head: TypeAlias = As | Under | Bound | When | Duty | Note | Overrides | Supplements
Source: TypeAlias = Issued | Cite | Bound | Note


# ---------------------------------------------------------------- sources of law


@frozen
class Act:
    """`suspend X ["p"], …`, `repeal X ["p"], …` or `unconfirmed "why"`, with its own window and notes."""

    word: Literal["suspend", "repeal", "unconfirmed"]
    targets: tuple[Target, ...] = ()
    why: Text | None = None
    tail: tuple[Bound | Note, ...] = ()
    span: Span = _span()


@frozen
class InstrumentStatement:
    """`instrument NAME "title" …` with its acts."""

    name: Name
    title: Text
    sources: tuple[Source, ...] = ()
    acts: tuple[Act, ...] = ()
    span: Span = _span()


@frozen
class ScenarioStatement:
    """`scenario NAME "title" …`, written like an instrument."""

    name: Name
    title: Text
    sources: tuple[Source, ...] = ()
    acts: tuple[Act, ...] = ()
    span: Span = _span()


# ---------------------------------------------------------------- rules


@frozen
class AnySubject:
    """`any`: every case."""

    span: Span = _span()


@frozen
class Subject:
    """`[ATTRIBUTE] a, b [except c]`: values, groups or lists of one attribute.

    A leading bare word followed by another is the attribute (`item holmium`); otherwise it is None and the values
    must tell.
    """

    attribute: Name | None
    words: tuple[Word, ...]
    excepted: tuple[Word, ...] = ()
    span: Span = _span()


SubjectNode: TypeAlias = AnySubject | Subject
Effect: TypeAlias = Literal["allow", "exempt", "license", "review", "deny", "prohibit"]


@frozen
class ClauseNode:
    """One effect and what is said of it; `effect_span` is the effect word."""

    effect: Effect
    head: tuple[Head, ...] = ()
    effect_span: Span = _span()
    span: Span = _span()


@frozen
class ControlStatement:
    """`control SUBJECT …` and its clauses."""

    subject: SubjectNode
    head: tuple[Head, ...] = ()
    clauses: tuple[ClauseNode, ...] = ()
    span: Span = _span()


@frozen
class PermitStatement:
    """`permit SUBJECT …`."""

    subject: SubjectNode
    head: tuple[Head, ...] = ()
    span: Span = _span()


@frozen
class ObligeStatement:
    """`oblige SUBJECT … duty "…"`."""

    subject: SubjectNode
    head: tuple[Head, ...] = ()
    span: Span = _span()


# ---------------------------------------------------------------- promises and the rest

Outcome: TypeAlias = Literal["allow", "license", "review", "deny", "prohibit"]


@frozen
class AlwaysStatement:
    """`always OUTCOME [or stricter] when CONDITION`."""

    outcome: Outcome
    or_stricter: bool
    condition: Condition
    span: Span = _span()


@frozen
class NeverStatement:
    """`never OUTCOME when CONDITION`."""

    outcome: Outcome
    condition: Condition
    span: Span = _span()


@frozen
class Reason:
    """`NAME ["p"]` or `suspended NAME ["p"]` behind `because`."""

    target: Target
    suspended: bool = False
    span: Span = _span()


@frozen
class ExampleStatement:
    """`example "title" [under SCENARIO] given CONDITION expect OUTCOME [because …]`."""

    title: Text
    scenario: Name | None
    given: Condition
    expect: Outcome | Literal["undetermined"]
    reasons: tuple[Reason, ...] = ()
    span: Span = _span()


@frozen
class CoverStatement:
    """`cover ATTRIBUTE, …`."""

    attributes: tuple[Name, ...]
    span: Span = _span()


@frozen
class OtherwiseStatement:
    """`otherwise OUTCOME`."""

    outcome: Outcome
    span: Span = _span()


Statement: TypeAlias = (
    AttributeStatement
    | GroupStatement
    | DefineStatement
    | ListStatement
    | OwnedListStatement
    | FactStatement
    | InstrumentStatement
    | ScenarioStatement
    | ControlStatement
    | PermitStatement
    | ObligeStatement
    | AlwaysStatement
    | NeverStatement
    | ExampleStatement
    | CoverStatement
    | OtherwiseStatement
)


@frozen
class Piece:
    """A statement and where its text begins in the file; the node's spans count from there.

    `node` is None where the text did not parse: the problems say why.
    """

    offset: int
    text: str
    node: Statement | None
