"""The exit statuses of every verb; `docs/reference/commands.md` is the table of them."""

from __future__ import annotations

import signal
from typing import Final

DONE: Final = 0
# The answer is no: problems, an undetermined case, a marked row.
FOUND: Final = 1
# There is no answer: the command was used wrongly, or rpolc is at fault.
UNUSABLE: Final = 2
# What shells report of a process that a signal has ended: this, and the number of the signal.
BY_SIGNAL: Final = 128
INTERRUPTED: Final = BY_SIGNAL + signal.SIGINT
# SIGPIPE, as a number since Windows has none.
CLOSED_PIPE: Final = BY_SIGNAL + 13
