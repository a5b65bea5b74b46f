"""What a Celery task is: the ways to define one, its options, its class and its type."""
