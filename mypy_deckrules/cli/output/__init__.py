"""The formats of ``deckrules check --output``, one module each, with a function ``write(results, file)``."""
