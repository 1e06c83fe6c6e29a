"""The catalog of transforms and the pipeline made of them."""
