"""People's own accounts: the log-in door, second factor, sessions, what each person sets for herself."""
