"""The mistakes we know: each function recognises one in a failure and says what to write, or returns None."""
