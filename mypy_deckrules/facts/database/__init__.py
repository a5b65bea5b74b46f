"""What Django does to the database: models and rows, writes, transactions and locks."""
