"""Outcomes: what statistical offices measure between countries besides events, with every vintage of every value."""
