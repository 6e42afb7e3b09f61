"""Assessment of the method: simulations, comparison with published series, audits of machine coding."""
