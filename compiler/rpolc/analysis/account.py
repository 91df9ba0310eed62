"""Give account of where something is so: regions in the author's words, and one case that shows it."""

from __future__ import annotations

from attrs import frozen

from rpol.model.judge import Verdict
from rpol.runtime.axes import SCENARIO
from rpol.runtime.contents import Box, Region
from rpol.text import diagnostic
from rpolc.analysis.phrases import region_text
from rpolc.analysis.pick import Case, pick
from rpolc.analysis.problems import Evidence
from rpolc.analysis.study import Study
from rpolc.analysis.witness import Showing, as_example, in_request_form, narrowed_names, witness
from rpolc.space import box as boxes
from rpolc.space import region as regions


@frozen
class Account:
    """Evidence, and the case in it with what is decided there."""

    evidence: Evidence
    case: Case
    verdict: Verdict


def account(study: Study, parts: Region, showing: Showing, title: str) -> Account:
    """Return evidence of these disjoint parts: all of them, joined and in words, and a case of the first.

    Those of the base come first, and of these the largest. `title` heads the example.
    """
    scenario = study.axis(SCENARIO)

    def rank(box: Box) -> tuple[bool, int, Box]:
        in_base = dict(box).get(scenario, 1) & 1
        return not in_base, -boxes.count(study.space, box), box

    first, *others = sorted(regions.merge(study.space, parts), key=rank)
    shown = witness(study, first, showing)
    case = in_request_form(study, shown.case, shown.told)
    evidence = Evidence(
        regions=(
            diagnostic.Region(region_text(study.vocabulary, first), case),
            *(_in_words(study, box) for box in others),
        ),
        witness=case,
        example=as_example(study, shown, title),
        outcome=shown.verdict.outcome,
        mark=shown.verdict.mark,
        because=tuple(study.policy.clauses[number] for number in sorted(shown.verdict.because)),
    )
    return Account(evidence, shown.case, shown.verdict)


def _in_words(study: Study, box: Box) -> diagnostic.Region:
    case = pick(study.vocabulary, study.space, box)
    told = narrowed_names(study, box)
    return diagnostic.Region(region_text(study.vocabulary, box), in_request_form(study, case, told))
