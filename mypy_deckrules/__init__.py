"""A mypy plugin that checks Django and Celery code for the mistakes that cost outages.

Add ``mypy_deckrules`` to ``plugins`` in mypy's configuration.
"""

from mypy.version import __version__ as mypy_version

if tuple(map(int, mypy_version.split(".")[:2])) < (1, 19):
    raise ImportError(f"mypy_deckrules needs mypy 1.19 or later, and this is mypy {mypy_version}")

# The import leaves the function under the name that mypy calls, not the module: the daemon looks it up again and again.
from mypy_deckrules.plugin import plugin as plugin

__version__ = "0.1.0"
