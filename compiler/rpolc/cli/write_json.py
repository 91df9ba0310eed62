"""Print documents for programs."""

from __future__ import annotations

import json
import sys

import click


def write_json(document: object, *, err: bool = False) -> None:
    """Print a document as JSON, with letters escaped where the stream could not carry them as they are."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    stream = sys.stderr if err else sys.stdout
    try:
        text.encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=2)
    click.echo(text, err=err)
