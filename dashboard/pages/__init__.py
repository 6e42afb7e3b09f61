"""What the pages show. A page asks data, gives rows to words, figures and components, and arranges what comes back."""
