"""What breaks while the portal works: processes killed, servers stopped and started, all of them real."""
