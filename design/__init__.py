"""What the portal looks like: its icons, and the page that shows every component."""
