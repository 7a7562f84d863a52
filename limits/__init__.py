"""How often and how much: quotas of people, companies, partners and addresses; limits/table.py has them all."""
