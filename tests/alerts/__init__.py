"""The alerts of deploy/prometheus in a real Prometheus: by series that a fault makes, and by the fault itself."""
