"""Cooperation and friction between pairs of countries: coded events, indicators with honest bands, and a dashboard of them."""
