"""What the backup promises, with real PostgreSQL and its programs, an S3 store and a mail server."""
