"""From parsed statements to a policy: the whole way on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeAlias

from rpol.model.folder import Folder
from rpol.model.policy import Policy
from rpol.model.resolution import promises, remarks
from rpol.model.resolution.defines import add_defines
from rpol.model.resolution.groups import add_groups
from rpol.model.resolution.linking import Numbered, link
from rpol.model.resolution.lists import lists_of, read_lists
from rpol.model.resolution.names import declare, has_errors, report_names_of_values
from rpol.model.resolution.paragraphs import check_paragraphs
from rpol.model.resolution.phrases import phrases
from rpol.model.resolution.rules import rule
from rpol.model.resolution.scope import Scope
from rpol.model.resolution.sources import read_law
from rpol.model.resolution.statements import located, of_type
from rpol.model.resolution.tables import DataFiles
from rpol.model.resolution.vocabulary import declares_attribute, read_vocabulary, standard
from rpol.syntax.nodes import (
    AlwaysStatement,
    AttributeStatement,
    ControlStatement,
    CoverStatement,
    DefineStatement,
    ExampleStatement,
    FactStatement,
    GroupStatement,
    InstrumentStatement,
    ListStatement,
    NeverStatement,
    ObligeStatement,
    OtherwiseStatement,
    OwnedListStatement,
    PermitStatement,
    Piece,
    ScenarioStatement,
)
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import SourceText

Parsed: TypeAlias = Sequence[tuple[SourceText, Sequence[Piece]]]

# Statements that decide nothing: with something wrong in one of them the rest can still be read.
_BESIDE = ("always", "never", "example", "cover")


def resolve(parsed: Parsed, folder: Folder) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """Return the policy that parsed sources make, with data files from `folder`, and all problems of it.

    Every name, value, date and link is checked as language.md, sections 2 and 3, say. Order does not matter, of
    sources or of statements. The policy is None where something is wrong that decisions turn on; a wrong promise,
    example or `cover` is left out of it. No input raises an exception.
    """
    statements = [statement for source, pieces in parsed for statement in located(source, pieces)]
    unparsed = [piece for _, pieces in parsed for piece in pieces if piece.node is None]
    lacks_attributes = any(declares_attribute(piece) for piece in unparsed)
    if not of_type(statements, AttributeStatement) and not lacks_attributes:
        statements = [*standard(), *statements]
    files = DataFiles(folder)

    # Names and what they stand for.
    names = declare(statements, unparsed)
    attribute_statements = of_type(statements, AttributeStatement)
    vocabulary = read_vocabulary(names, attribute_statements, files, incomplete=lacks_attributes)
    report_names_of_values(names, vocabulary.holders)
    law = read_law(names, of_type(statements, InstrumentStatement, ScenarioStatement))
    list_statements = of_type(statements, ListStatement, OwnedListStatement)
    scope = Scope(names, vocabulary, lists_of(names, vocabulary, list_statements), lacks_rules=bool(unparsed))
    lists = read_lists(scope, list_statements, files)
    add_groups(scope, of_type(statements, GroupStatement))
    add_defines(scope, of_type(statements, DefineStatement))

    # What decides.
    facts = [promises.fact(scope, one) for one in of_type(statements, FactStatement)]
    rule_statements = of_type(statements, ControlStatement, PermitStatement, ObligeStatement)
    rules = [rule(scope, law.instruments, one) for one in rule_statements]
    numbered = Numbered(rules)
    linked = link(scope, numbered)
    otherwise, otherwise_place = promises.otherwise(scope, of_type(statements, OtherwiseStatement))
    check_paragraphs(scope, numbered.cited, law.asked)
    is_whole = not has_errors(names) and not any(_decides(piece) for piece in unparsed)

    # What is claimed of it.
    promised = [promises.promise(scope, one) for one in of_type(statements, AlwaysStatement, NeverStatement)]
    examples = [promises.example(scope, numbered, one) for one in of_type(statements, ExampleStatement)]
    covered = [pair for one in of_type(statements, CoverStatement) for pair in promises.covered(scope, one)]
    check_paragraphs(scope, numbered.cited)
    names.found.extend(remarks.on_rules(rules))
    if not unparsed:
        names.found.extend(remarks.on_names(names, law.instruments))
    if not is_whole:
        return None, _in_order(names.found, parsed)
    policy = Policy(
        attributes=vocabulary.attributes,
        instruments=law.instruments,
        lists=lists,
        clauses=linked.clauses,
        order=linked.order,
        facts=tuple(one for one in facts if one is not None),
        otherwise=otherwise,
        promises=tuple(one for one in promised if one is not None),
        examples=tuple(one for one in examples if one is not None),
        covered=tuple(covered),
        words=phrases(scope, lists),
        source_digest=_digest((*(source for source, _ in parsed), *files.sources)),
        links=linked.links,
        otherwise_place=otherwise_place,
    )
    names.found.extend(remarks.on_cover(policy))
    return policy, _in_order(names.found, parsed)


def _decides(piece: Piece) -> bool:
    """Tell whether decisions may turn on a statement that did not parse."""
    return not piece.text.lstrip().startswith(_BESIDE)


def _in_order(problems: Iterable[Diagnostic], parsed: Parsed) -> tuple[Diagnostic, ...]:
    """Return problems by source and place, each once; those of data files come last."""
    number = {source.path: position for position, (source, _) in enumerate(parsed)}
    once: dict[tuple[object, ...], Diagnostic] = {}
    for problem in problems:
        place = problem.place
        path, start = ("", -1) if place is None else (place.source.path, place.start)
        once.setdefault((number.get(path, len(number)), path, start, problem.name, problem.message), problem)
    return tuple(once[key] for key in sorted(once))


def _digest(sources: Iterable[SourceText]) -> str:
    """Return the SHA-256 of all texts and their paths, whatever their order."""
    parts = sorted((source.path, source.text) for source in sources)
    total = sha256()
    for part in (text.encode(errors="surrogatepass") for pair in parts for text in pair):
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()
