"""What can be found out about a policy before it is used: exactly, over all cases, all days and each scenario."""
