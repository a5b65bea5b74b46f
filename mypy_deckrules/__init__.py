"""A mypy plugin that checks Django and Celery code for the mistakes that cost outages.

Add ``mypy_deckrules`` to ``plugins`` in mypy's configuration.
"""

# The import leaves the function under the name that mypy calls, not the module: the daemon looks it up again and again.
from mypy_deckrules.plugin import plugin as plugin

__version__ = "0.1.0"
