"""Notifications: one event tells one person once, and what they read stays read."""
