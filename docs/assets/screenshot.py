"""Make check.svg, the picture in the README: what `rpolc check` prints of the policy beside it.

python docs/assets/screenshot.py
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).resolve().parent
WIDTH = 100


def printed(*, color: bool) -> str:
    """Return what the command prints."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"}
    environment.pop("NO_COLOR", None)
    environment.pop("FORCE_COLOR", None)
    environment["FORCE_COLOR" if color else "NO_COLOR"] = "1"
    command = [sys.executable, "-m", "rpolc", "check", "policy"]
    run = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, encoding="utf-8", check=False)
    return f"{run.stdout}{run.stderr}".strip("\n")


def picture() -> str:
    """Return the picture as SVG."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    console.print(Text("$ rpolc check policy", style="bold"))
    console.print(Text.from_ansi(printed(color=True)))
    svg = console.export_svg(title="rpolc", unique_id="check")
    # The picture fetches no font: it uses what the reader has.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "monospace")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    (HERE / "check.svg").write_text(picture(), encoding="utf-8")
