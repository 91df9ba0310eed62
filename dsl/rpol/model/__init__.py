"""What a policy says, resolved and typed, and the reference interpreter that defines what it means."""
