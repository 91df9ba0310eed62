"""Read `key=value` words of a command line."""

from __future__ import annotations

from collections.abc import Iterable

import click


def words(arguments: Iterable[str], *, example: str = "item=holmium") -> dict[str, str | list[str]]:
    """Return the values by their keys: a text, or a list where a key is repeated. Only the first `=` divides.

    Raise UsageError for a word that is not `key=value`.
    """
    found: dict[str, list[str]] = {}
    for argument in arguments:
        key, divided, value = argument.partition("=")
        if not divided or not key.strip():
            raise click.UsageError(f"`{argument}` is not written KEY=VALUE, such as {example}.")
        found.setdefault(key.strip(), []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def single_words(arguments: Iterable[str], *, example: str) -> dict[str, str]:
    """Return the values by their keys, each given once. Raise UsageError for what is not."""
    found: dict[str, str] = {}
    for key, value in words(arguments, example=example).items():
        if not isinstance(value, str):
            raise click.UsageError(f"`{key}` is given twice.")
        found[key] = value
    return found
