"""Figures of a year of information services, each with the register rows behind it."""
