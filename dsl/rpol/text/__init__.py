"""Sources of text, places in them, and diagnostics about them."""
