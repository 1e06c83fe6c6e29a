"""Python scripts that give the numbers shown in the window."""
