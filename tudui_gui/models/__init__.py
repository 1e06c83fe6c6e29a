"""The model zoo, summaries and model files."""
