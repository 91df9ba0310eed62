"""The exit statuses of every verb; `docs/reference/commands.md` is the table of them."""

from __future__ import annotations

import signal
from typing import Final

DONE: Final = 0
# The answer is no: problems, an undetermined case, a marked row.
FOUND: Final = 1
# There is no answer: the command was used wrongly, or rpolc is at fault.
UNUSABLE: Final = 2
# A process that a signal ends has this status in every shell. Written as a number where Windows has no such signal.
INTERRUPTED: Final = 128 + signal.SIGINT
CLOSED_PIPE: Final = 128 + 13
TERMINATED: Final = 128 + signal.SIGTERM
