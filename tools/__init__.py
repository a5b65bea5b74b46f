"""What the project's own developers run."""
