"""Rules about what belongs into a transaction and what must wait for its commit."""
