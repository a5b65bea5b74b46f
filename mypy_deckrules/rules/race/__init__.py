"""Rules about code that two processes must not run at once."""
