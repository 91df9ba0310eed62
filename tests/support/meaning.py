"""Ask the reference interpreter about a policy written as text, in the words of a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rpol.model.interpret import answer
from rpol.runtime.decision import Decision
from rpol.runtime.read import read
from tests.support.policies import policy_of

Answers = Callable[..., Decision]


def answers(text: str, files: Mapping[str, str] | None = None) -> Answers:
    """Return a function from the facts of a request to the decision of the interpreter; `date` may be left out."""
    policy = policy_of(text, files or {})
    attributes = tuple(policy.attributes.values())

    def decide(**facts: object) -> Decision:
        return answer(policy, read(attributes, policy.scenarios, {"date": "2025-02-01", **facts}))

    return decide
