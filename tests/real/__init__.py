"""The plugin on real projects; no part of the test run, see `python -m tests.real --help`."""
