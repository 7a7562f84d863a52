"""Starting the portal's processes together: for a person (`make run`), for a walk without one (`make demo`)."""
