"""The pages. A page queries data, turns rows into sentences, figures and components, and arranges them."""
