"""The marked programs are for mypy; some are called ``test_*`` because a rule asks for that."""

collect_ignore = ["project"]
