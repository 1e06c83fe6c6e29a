"""Reusable widgets; none knows a tab."""
