"""The command line, `deckrules`."""
