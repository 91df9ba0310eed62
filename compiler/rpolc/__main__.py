"""The command `rpolc`, also as `python -m rpolc`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

from rpolc.cli import main


def run() -> NoReturn:
    """Run the command, and leave at once when all is written.

    Python would take back what a check made object by object, for as long as a tenth of the check took.
    """
    status: object = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    run()
