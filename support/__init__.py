"""What a company asks the partner's support, from any screen, and what support answers."""
