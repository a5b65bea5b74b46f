"""What rules ask about code: each module answers one question, in types."""
