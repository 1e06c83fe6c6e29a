"""Data sets: sources, downloads and loading for training."""
