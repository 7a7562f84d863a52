"""Whether this installation is well: for load balancers, monitors and who is on call."""
