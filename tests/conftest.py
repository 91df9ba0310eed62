"""Settings for the whole suite: how hard the property tests look.

`HYPOTHESIS_PROFILE` chooses: `dev` (the default), `ci`, `nightly`.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A shared machine may stall for longer than any deadline, and a stall is not a defect.
_ALWAYS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("dev", max_examples=100, **_ALWAYS)
settings.register_profile("ci", max_examples=300, print_blob=True, derandomize=True, **_ALWAYS)
settings.register_profile("nightly", max_examples=10_000, print_blob=True, **_ALWAYS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
