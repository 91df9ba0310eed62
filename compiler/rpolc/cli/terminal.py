"""What the terminal can show, and what its user wants to see."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import Final, TextIO

PLAIN_WIDTH: Final = 100


def wants_color(flag: bool | None, stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether to write colours to `stream`: the flag decides, then NO_COLOR, then FORCE_COLOR, then the stream."""
    if flag is not None:
        return flag
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def width_of(stream: TextIO) -> int:
    """Return how wide lines on `stream` may be: COLUMNS decides, then the terminal; a file is no terminal."""
    if not stream.isatty() and "COLUMNS" not in os.environ:
        return PLAIN_WIDTH
    return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns
