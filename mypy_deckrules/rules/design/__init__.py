"""Rules about types and classes that say what the code means."""
