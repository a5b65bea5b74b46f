"""The claims of the rules of transactions and races, proved on SQLite and PostgreSQL."""
