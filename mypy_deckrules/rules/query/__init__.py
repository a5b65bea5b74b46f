"""Rules about queries that grow with the number of rows."""
