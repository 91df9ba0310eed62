"""Ask the reference interpreter and the table about a policy written as text; both must say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rpol.model.interpret import answer
from rpol.runtime.decision import Decision
from rpol.runtime.read import read
from rpol.runtime.table import Table
from rpolc.lower.lower import lower
from tests.support.policies import policy_of

Answers = Callable[..., Decision]


def answers(text: str, files: Mapping[str, str] | None = None) -> Answers:
    """Return a function from the facts of a request to the decision of both; `date` may be left out."""
    policy = policy_of(text, files or {})
    table = Table.from_bytes(Table(lower(policy).contents).to_bytes())
    attributes = tuple(policy.attributes.values())

    def decide(**facts: object) -> Decision:
        request = {"date": "2025-02-01", **facts}
        expected = answer(policy, read(attributes, policy.scenarios, request))
        decided = table.decide(request)
        assert decided.to_dict() == {**expected.to_dict(), "digest": table.digest}
        return expected

    return decide
