"""``deckrules report``: one page for people, with what is found, what is adopted, and how that changed."""
