"""The wording of what no rule decides."""

from rpol.model.policy import Policy
from rpol.text.diagnostic import Diagnostic
from rpolc.analysis.problems.wording import Evidence, outcome_words


def no_rule(policy: Policy, evidence: Evidence, *, complete: bool) -> Diagnostic:
    """Not `complete`: the search for all regions gave up."""
    more = "" if complete else " There are more regions than these: the search for all of them gave up."
    if policy.otherwise is None:
        return Diagnostic(
            name="not-controlled",
            severity="note",
            message=f"No rule stands in some cases, and the policy has no `otherwise`: they are free.{more}",
            place=None,
            help="Look whether all of them are meant to be free. `otherwise OUTCOME` decides them otherwise.",
            witness=evidence.witness,
            example=evidence.example,
            regions=evidence.regions,
        )
    return Diagnostic(
        name="falls-to-otherwise",
        severity="note",
        message=f"No rule stands in some cases: {outcome_words(policy.otherwise)} is decided by `otherwise`.{more}",
        place=policy.otherwise_place,
        help="Look whether all of them are meant to be decided so.",
        witness=evidence.witness,
        example=evidence.example,
        regions=evidence.regions,
    )
