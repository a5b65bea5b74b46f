"""Programs that ask about themselves."""
