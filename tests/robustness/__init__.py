"""Programs that were not written for this project: mypy's and django-stubs' own tests, and mutated ones."""
