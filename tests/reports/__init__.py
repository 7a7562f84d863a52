"""What goes to Sentry: real envelopes of a web server's process and of a worker's."""
