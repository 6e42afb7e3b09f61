"""Cooperation and friction between pairs of countries: coded events, indicators with uncertainty intervals, and a dashboard."""
