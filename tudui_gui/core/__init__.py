"""Errors, parameters, operations, cancellation, paths: what everything else stands on."""
