"""The source files of both packages, and where things of the project lie."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).parents[2]
ROOTS = {"rpol": PROJECT / "dsl" / "rpol", "rpolc": PROJECT / "compiler" / "rpolc"}


def modules(package: str) -> dict[str, Path]:
    """Return every module of `rpol` or `rpolc` by its dotted name."""
    root = ROOTS[package]
    found: dict[str, Path] = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def all_modules() -> dict[str, Path]:
    """Return every module of both packages by its dotted name."""
    return modules("rpol") | modules("rpolc")
