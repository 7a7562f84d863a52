"""The guide for people of a company: pages of docs/rehber, and which screen leads to which place of them."""
