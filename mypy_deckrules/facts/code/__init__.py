"""What code says, whatever library it uses: names, values, paths and places in mypy's syntax tree."""
