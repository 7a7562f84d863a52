"""What the portal says of itself while it runs: pulses of its processes, what a log line is about, timings."""
