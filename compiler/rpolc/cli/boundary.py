"""The edge of the program: whatever goes wrong inside becomes a sentence and an exit status."""

from __future__ import annotations

import io
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final, NoReturn, TextIO

import click

from rpol.runtime.errors import RpolError
from rpolc.cli.status import BY_SIGNAL, CLOSED_PIPE, INTERRUPTED, UNUSABLE

DEBUG: Final = "RPOLC_DEBUG"
_LOGGER: Final = logging.getLogger("rpolc")


class Refused(click.ClickException):
    """A command that cannot be carried out, for a reason that its user can do something about."""

    exit_code = UNUSABLE


class ClosedPipe(Exception):
    """Nobody reads the output any more."""


class _Ended(BaseException):
    """The process has been asked to end, by a signal; what is half-written goes first."""

    def __init__(self, number: int) -> None:
        self.number = number


def status_of(run: Callable[[], object]) -> int:
    """Return the exit status of `run`, which returns its own or raises; say on standard error what went wrong."""
    speak(verbose=False)
    for stream in (sys.stdout, sys.stderr):
        _show_what_it_can(stream)
    try:
        with _ending_in_order():
            status = run()
    except click.ClickException as error:
        error.show()
        return UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        return _say("Interrupted.", INTERRUPTED)
    except _Ended as error:
        return _say("Ended from outside.", BY_SIGNAL + error.number)
    except ClosedPipe:
        return _close_output()
    except RpolError as error:
        return _say(f"Error: {error}", UNUSABLE)
    except OSError as error:
        _trace()
        return _say(f"Error: {_describe_os_error(error)}", UNUSABLE)
    except Exception as error:
        return _internal(error)
    return status if isinstance(status, int) else 0


def speak(*, verbose: bool) -> None:
    """Log what rpolc does to standard error, or only what needs attention."""
    _LOGGER.handlers[:] = [logging.StreamHandler(sys.stderr)]
    _LOGGER.handlers[0].setFormatter(logging.Formatter("rpolc: %(message)s"))
    _LOGGER.setLevel(logging.DEBUG if verbose else logging.WARNING)
    _LOGGER.propagate = False


def _show_what_it_can(stream: TextIO) -> None:
    """Let a stream with a narrow encoding show a sign for letters that it has none for."""
    if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="replace")


def _describe_os_error(error: OSError) -> str:
    """Return why the system would not do something, and with which file."""
    what = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {what}." if error.filename else f"{what}."


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let a request to end the process unwind it, so that no temporary file stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _end) for number in _ENDING if signal.getsignal(number) == signal.SIG_DFL}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


# A terminal that is closed hangs up; Windows has no such signal.
_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise _Ended(number)


def _internal(error: Exception) -> int:
    _trace()
    hint = "" if _wants_trace() else " With -v the traceback is shown."
    said = f"{type(error).__name__}: {error}".rstrip(": ").splitlines()[0][:300]
    return _say(f"Internal error, please report: {said}.{hint}", UNUSABLE)


def _trace() -> None:
    if _wants_trace():
        click.echo(traceback.format_exc(), err=True)


def _wants_trace() -> bool:
    return bool(os.environ.get(DEBUG)) or _LOGGER.isEnabledFor(logging.DEBUG)


def _close_output() -> int:
    """Point standard output at nothing, so that Python does not stumble over it on its way out."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLOSED_PIPE


def _say(sentence: str, status: int) -> int:
    with suppress(OSError):
        click.echo(sentence, err=True)
    return status
