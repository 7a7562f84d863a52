"""Databases as released versions left them, and the way from each of them to today's schema."""
