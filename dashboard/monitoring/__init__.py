"""For those who keep watch: the state of an installation, numbers for Prometheus, feeds and alerts of what changed."""
