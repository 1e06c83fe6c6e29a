"""One module or folder a tab; no tab imports another."""
