"""The fenced blocks of a page, with what their headers say of them.

A header such as ```` ```{.rpol title="policy.rpol" check=until} ```` names the language of a block, and what is to be
done with it: `title` is the file that it is written to, `check` what `rpolc check` must find then (`clean`, or the
names of problems), `says` that it is what the problems of the block above print, `run` that its commands or statements
are run, `exit` the status that its last command ends with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

_HEADER = re.compile(r"^( *)(`{3,})(?:\{(?P<attributes>[^}]*)\}|(?P<language>\w*))\s*$")
_ATTRIBUTE = re.compile(r'([\w-]+)=(?:"([^"]*)"|(\S+))')
_KNOWN = {"title", "check", "says", "run", "exit"}


@frozen
class Block:
    """A fenced block: its language, what is to be done with it, its text, and the line it begins in."""

    language: str
    marks: Mapping[str, str]
    text: str
    line: int

    @property
    def marked(self) -> bool:
        """Whether the block is to be written or run at all."""
        return bool(self.marks)


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page. Raise ValueError for a mark that nothing reads, or a block without end."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), start=1))
    for number, line in lines:
        header = _HEADER.match(line)
        if header is None:
            continue
        language, marks = _marks(header, f"{page.name}:{number}")
        body = []
        for _, inner in lines:
            if inner.strip() == header[2]:
                break
            body.append(inner.removeprefix(header[1]))
        else:
            raise ValueError(f"{page.name}:{number}: this block has no end")
        yield Block(language, marks, "\n".join(body) + "\n", number)


def _marks(header: re.Match[str], where: str) -> tuple[str, dict[str, str]]:
    attributes = header["attributes"]
    if attributes is None:
        return header["language"], {}
    language = re.match(r"\s*\.(\w+)", attributes)
    marks = {name: quoted or bare for name, quoted, bare in _ATTRIBUTE.findall(attributes)}
    if language is None or marks.keys() - _KNOWN:
        raise ValueError(f"{where}: {attributes!r} is no header of a block")
    return language[1], marks
