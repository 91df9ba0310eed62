"""From a policy to the contents of a table: domains cut into classes, conditions turned into boxes of classes."""
