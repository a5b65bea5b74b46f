"""The child process in which mypy runs: ``python -P -m mypy_deckrules.cli.child REQUEST``.

In: a ``Request`` as JSON, its only argument. Out: one JSON object a line on standard output, each with a ``kind``:

``left_out``
    a ``plugin`` of mypy's that is not used, and the ``reason``: it cannot start;
``total``
    how many ``files`` are to be checked;
``checked``
    one of them is done;
``error``
    one of mypy's errors, as its own ``--output=json`` has it;
``problem``
    why a file could not be checked: ``file``, ``line``, ``column``, ``message``;
``done``
    ``modules``, the names of the modules by their paths; in how many of them each code is ``running``; how many
    functions were ``unseen`` for which reason; the ``diagnosis``, where one was asked for;
``failed``
    the ``reason`` why nothing was checked.

What mypy and other plugins print goes to standard error.
"""
