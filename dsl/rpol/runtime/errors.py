"""What can be wrong with a request or a table. Every error of the runtime is an :class:`RpolError`."""

from __future__ import annotations


class RpolError(Exception):
    """Something a caller asked for cannot be done; the message says why and what to do instead."""


class RequestError(RpolError):
    """A request that cannot be read."""


class UnknownAttribute(RequestError):
    """A key that is no attribute of the policy."""


class UnknownValue(RequestError):
    """A value outside the vocabulary of its attribute. It is never read as "not controlled"."""


class BadValue(RequestError):
    """A value of the wrong kind: a text for a number, a date that does not exist, a share over 100 %."""


class ImpossibleCase(RequestError):
    """A request of which no completion is left, since a declared fact is false in all of them."""


class TooManyCompletions(RequestError):
    """A request that leaves so much open that it cannot be answered within the budget."""


class TableError(RpolError):
    """A table that cannot be loaded."""


class DamagedTable(TableError):
    """Bytes that are no table, or one that has been changed or cut short."""


class NewerTable(TableError):
    """A table in a format that this version does not know."""


class UncheckedSignature(TableError):
    """A key was given, but this version cannot check signatures."""
