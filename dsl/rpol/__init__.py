"""rpol: a policy language for trade controls, and the decision tables made from it.

The door for other programs is small: :func:`load` reads a table, :meth:`Table.decide` answers one case,
:meth:`Table.decide_many` many, :class:`Decision` is the answer, and every error is an :class:`RpolError`.
"""

from __future__ import annotations

from rpol.runtime.decision import Decision
from rpol.runtime.errors import RpolError
from rpol.runtime.table import Table, load

__all__ = ["Decision", "RpolError", "Table", "__version__", "load"]

__version__ = "0.1.0"
