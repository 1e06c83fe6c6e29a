"""The catalogs of layers and losses, and feature maps."""
