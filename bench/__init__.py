"""What the plugin costs: generated projects, paired runs of mypy with it and without it, a table and a plot."""
