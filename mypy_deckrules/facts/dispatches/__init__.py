"""How a task is sent: dispatches, canvases, and whether what they carry fits the task and its serializer."""
