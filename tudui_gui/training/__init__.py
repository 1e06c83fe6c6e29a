"""Experiments and the training loop that runs them."""
