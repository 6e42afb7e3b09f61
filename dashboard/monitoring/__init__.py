"""Monitoring: the state of an installation, numbers for Prometheus, feeds and alerts."""
