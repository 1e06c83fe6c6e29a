"""Opening any image file safely, and conversions between PIL, OpenCV and tensors."""
