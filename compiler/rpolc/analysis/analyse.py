"""All checks of a policy over its whole case space, its whole calendar and every scenario."""

from __future__ import annotations

from typing import Protocol

from rpol.model.policy import Condition, Policy
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.clauses import clauses, find_without_cases
from rpolc.analysis.contradictions import contradictions, find_contradicting
from rpolc.analysis.examples import examples
from rpolc.analysis.gaps import gaps
from rpolc.analysis.links import find_unreached, links
from rpolc.analysis.masked import find_masks, masked
from rpolc.analysis.promises import promises
from rpolc.analysis.study import Study
from rpolc.analysis.suspensions import suspensions
from rpolc.analysis.unconfirmed import unconfirmed
from rpolc.lower.lower import Lowered, lower
from rpolc.space.explore import STEPS


class Analyses(Protocol):
    """Some or all checks of a policy."""

    def __call__(self, policy: Policy, lowered: Lowered | None = None, *, steps: int = STEPS) -> tuple[Diagnostic, ...]:
        """Return what they find."""


def analyse(
    policy: Policy, lowered: Lowered | None = None, *, steps: int = STEPS, with_gaps: bool = False
) -> tuple[Diagnostic, ...]:
    """Return all that is wrong with a policy; `lowered`, if given, must be so with the conditions of `checked`.

    Exact: what is not reported is not so. A check that would take more than `steps` steps is reported as `not-decided`,
    an error. The first witnesses are replayed through the reference interpreter (language.md, section 4).
    """
    study = Study(policy, lowered or lower(policy, also=checked(policy)), steps)
    contradicting, without_cases = find_contradicting(study), find_without_cases(study)
    unreached = find_unreached(study, without_cases.numbers)
    passed_over = contradicting.numbers | without_cases.numbers
    masks = find_masks(study, passed_over | unreached.clauses)
    return (
        *contradictions(study, contradicting),
        *clauses(study, without_cases),
        *masked(study, masks),
        *links(study, unreached, passed_over | masks.numbers),
        *suspensions(study),
        *promises(study),
        *examples(study),
        *(gaps(study) if with_gaps else ()),
        *unconfirmed(study),
    )


def prove_promises(policy: Policy, lowered: Lowered | None = None, *, steps: int = STEPS) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the promises of a policy, and nothing else; see `analyse`."""
    return promises(Study(policy, lowered or lower(policy, also=checked(policy)), steps))


def checked(policy: Policy) -> tuple[Condition, ...]:
    """Return the conditions of the promises and examples, for which the axes must be cut as well."""
    return (*(promise.condition for promise in policy.promises), *(example.given for example in policy.examples))
