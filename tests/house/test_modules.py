"""Modules are short and are named for what they hold."""

from __future__ import annotations

import ast

from tests.house.source_tree import ROOTS, all_modules


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in all_modules().items()}
    assert len(lengths) >= 40
    # The nodes are one list of data classes: cutting it would only make it harder to read.
    allowed = {"rpol.syntax.nodes"}
    assert {name: length for name, length in lengths.items() if length > 400 and name not in allowed} == {}


def test_no_module_is_a_drawer() -> None:
    words = {word for name in all_modules() for part in name.split(".") for word in part.split("_")}
    assert "runtime" in words
    assert words & {"util", "utils", "helper", "helpers", "common", "manager", "misc"} == set()


def test_a_step_module_has_the_function_of_its_name() -> None:
    steps = {
        "rpol.syntax.parse",
        "rpol.model.resolve",
        "rpol.model.interpret",
    }
    names = all_modules()
    assert steps <= set(names)
    for name in steps:
        tree = ast.parse(names[name].read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name.rsplit(".", 1)[1] in functions, name


def test_both_packages_are_marked_as_typed() -> None:
    assert [(root / "py.typed").exists() for root in ROOTS.values()] == [True, True]
