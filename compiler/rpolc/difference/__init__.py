"""Two versions of a policy: the exact set of cases that they decide differently (language.md, section 6)."""
