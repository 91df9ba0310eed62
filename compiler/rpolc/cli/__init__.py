"""The command `rpolc`: one module a verb, and the one place where the compiler meets a terminal."""

from rpolc.cli.command import main

__all__ = ["main"]
