"""What is learnt of the functions of a module, in one pass over their bodies."""

from __future__ import annotations

from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.code.functions import functions
from mypy_deckrules.facts.database.locks import LOCKING, remember_locks
from mypy_deckrules.facts.database.on_commit import REGISTERING, remember_registering
from mypy_deckrules.facts.dispatches.senders import SENDING, remember_senders
from mypy_deckrules.facts.tasks.waiting import ALLOWING, remember_allowing


def learn_functions(api: SemanticAnalyzer) -> None:
    """Keep which functions of the module at work send tasks, which wait for the commit, which lock rows and
    which let a task wait."""
    read = list(functions(api.cur_mod_node, SENDING | LOCKING | REGISTERING | ALLOWING))
    remember_registering(api, read)
    remember_senders(api, read)
    remember_locks(api, read)
    remember_allowing(api, read)
