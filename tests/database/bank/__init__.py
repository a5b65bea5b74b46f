"""A Django app that is written both as the rules say one should not, and as one should."""
