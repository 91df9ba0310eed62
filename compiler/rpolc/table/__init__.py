"""From a policy to a table."""
