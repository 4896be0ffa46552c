"""Figures of the exhibits, in one house style."""
