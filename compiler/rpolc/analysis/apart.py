"""Whether two readings of a policy decide differently anywhere: a quick look at a few cases, then a search."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from rpol.runtime.contents import Box, Region
from rpolc.analysis.contrast import Contrast, differ_at
from rpolc.analysis.ground import search
from rpolc.analysis.parting import Record, differs
from rpolc.analysis.study import Study

# In how many boxes of a region a case is looked at before it is searched.
_BOXES: Final = 3


def tells_apart(study: Study, contrast: Contrast, within: Region, record: Record | None = None) -> bool:
    """Tell whether some case of a region is decided differently. Raise GaveUpError when the budget is spent.

    `record` is told why where it is not.
    """
    if tells_apart_at_once(study, contrast, within):
        return True
    return next(search(study.ground, within, differs(contrast, record), study.budget()), None) is not None


def tells_apart_at_once(study: Study, contrast: Contrast, within: Iterable[Box]) -> bool:
    """Tell whether one of a few plain cases of a region is decided differently."""
    return any(
        differ_at(contrast, study.ground.clauses_at(point))
        for box in islice(within, _BOXES)
        for point in study.quiet.points(box)
    )
