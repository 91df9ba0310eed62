"""The names of all problems, read from the `problems` modules of the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source_tree import all_modules


def problem_modules() -> dict[str, Path]:
    """Return the modules that hold the wording of problems."""
    return {name: path for name, path in all_modules().items() if "problems" in name.split(".")}


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _strings(node: ast.expr) -> Iterator[str]:
    """Yield the constants that an argument can be: itself, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


def _makers(trees: dict[str, ast.Module]) -> set[str]:
    """Return `Diagnostic` and every function that takes a problem's name first, to make one of it."""
    functions = (node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {"Diagnostic"} | {f.name for f in functions if f.args.args and f.args.args[0].arg == "name"}


def problem_names() -> dict[str, set[str]]:
    """Return every problem's name, and the modules that word it."""
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in problem_modules().items()}
    makers = _makers(trees)
    found: dict[str, set[str]] = {}
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in makers:
                named = [keyword.value for keyword in node.keywords if keyword.arg == "name"] or node.args[:1]
                for string in (text for argument in named for text in _strings(argument)):
                    found.setdefault(string, set()).add(module)
    return found


def makers_elsewhere() -> set[str]:
    """Return the modules that make a `Diagnostic` outside a `problems` module."""
    found = set()
    for name, path in all_modules().items() - problem_modules().items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.Call) and _called(node) == "Diagnostic" for node in ast.walk(tree)):
            found.add(name)
    return found
