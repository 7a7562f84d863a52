"""The guides: docs/rehber for people of a company, and which screen leads to which place of it; support's page."""
