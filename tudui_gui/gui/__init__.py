"""The window: all Qt code and nothing else."""
